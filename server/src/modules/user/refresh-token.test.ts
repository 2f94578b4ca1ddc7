// @module-tag user
import { expect, test } from 'vitest';
import {
  currentSecret,
  formatRefreshToken,
  hashOf,
  newRefreshToken,
  newSecret,
  parseRefreshToken,
  seal,
  unseal,
  type ReplacedToken,
} from './refresh-token.ts';

/** Secrets that replaced each other, one every second from 1,000 ms on. */
function chain(length: number): { secrets: string[]; replaced: ReplacedToken[] } {
  const secrets = Array.from({ length: length + 1 }, newSecret);
  const replaced = secrets.slice(0, -1).map((secret, index) => ({
    hash: hashOf(secret),
    sealed: seal(secrets[index + 1] ?? '', secret),
    at: 1_000 * (index + 1),
  }));
  return { secrets, replaced };
}

test('a token is 256 random bits and the series of its session, as text and back', () => {
  const token = newRefreshToken();
  expect(Buffer.from(token.secret, 'base64url')).toHaveLength(32);
  expect(parseRefreshToken(formatRefreshToken(token))).toEqual(token);
  expect(newRefreshToken()).not.toEqual(token);
});

test.each(['', '.', 'a.b', `${'a'.repeat(22)}.${'b'.repeat(44)}`, `${'a'.repeat(22)}.${'b'.repeat(42)}=`])(
  '"%s" is no token',
  (text) => {
    expect(parseRefreshToken(text)).toBeNull();
  },
);

test('a sealed secret is opened by the one it replaced, and by no other', () => {
  const [secret, successor] = [newSecret(), newSecret()];
  const sealed = seal(successor, secret);
  expect(unseal(sealed, secret)).toBe(successor);
  expect(unseal(sealed, newSecret())).not.toBe(successor);
  expect(unseal(sealed, hashOf(secret))).not.toBe(successor);
});

test('every secret that was replaced lately leads to the one that is valid now', () => {
  const { secrets, replaced } = chain(3);
  const hash = hashOf(secrets.at(-1) ?? '');
  for (const secret of secrets)
    expect(currentSecret(secret, replaced, { hash, since: 0 })).toBe(secrets.at(-1));
});

test('a secret that was replaced too long ago, and a strange one, lead nowhere', () => {
  const { secrets, replaced } = chain(2);
  const now = { hash: hashOf(secrets.at(-1) ?? ''), since: 1_001 };
  expect(currentSecret(secrets[0] ?? '', replaced, now)).toBeNull();
  expect(currentSecret(secrets[1] ?? '', replaced, now)).toBe(secrets[2]);
  expect(currentSecret(newSecret(), replaced, now)).toBeNull();
});
