// @module-tag user
import { createHmac, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { expect, onTestFinished, test, vi } from 'vitest';
import { signAccessToken, verifyAccessToken } from './access-token.ts';
import { parseSigningKeys } from './signing-keys.ts';

const secret = () => randomBytes(32).toString('base64');
const [first, second] = [`a:${secret()}`, `b:${secret()}`];
const keys = parseSigningKeys(first);
const claims = { userId: randomUUID(), sessionId: randomUUID() };
const minutes = 60_000;

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const partsOf = (token: string) => {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const read = (text: string) =>
    JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>;
  return { header: read(header), payload: read(payload), signature };
};

/** A token of ours with some of it changed, signed with our key after all. */
async function forge(
  change: { header?: object; payload?: object },
  key = keys.signing.secret,
): Promise<string> {
  const { accessToken } = await signAccessToken(keys, claims);
  const { header, payload } = partsOf(accessToken);
  const unsigned = `${part({ ...header, ...change.header })}.${part({ ...payload, ...change.payload })}`;
  return `${unsigned}.${createHmac('sha256', key).update(unsigned).digest('base64url')}`;
}

test('a token says who and which session for 15 minutes, and nothing else of them', async () => {
  const { accessToken, expiresAt } = await signAccessToken(keys, claims);
  expect(await verifyAccessToken(keys, accessToken)).toEqual(claims);
  const { header, payload } = partsOf(accessToken);
  expect(header).toEqual({ alg: 'HS256', typ: 'at+jwt', kid: 'a' });
  expect(Object.keys(payload).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'sid', 'sub']);
  expect(Number(payload['exp']) - Number(payload['iat'])).toBe(900);
  expect(expiresAt.getTime()).toBe(Number(payload['exp']) * 1000);
});

test('what a forged token is made of would pass, were nothing of it changed', async () => {
  expect(await verifyAccessToken(keys, await forge({}))).toEqual(claims);
});

test('keys are changed in three steps, and no token is refused by any of them', async () => {
  const before = await signAccessToken(parseSigningKeys(first), claims);
  const after = await signAccessToken(parseSigningKeys(`${second},${first}`), claims);
  for (const setting of [`${first},${second}`, `${second},${first}`]) {
    expect(await verifyAccessToken(parseSigningKeys(setting), before.accessToken)).toEqual(claims);
    expect(await verifyAccessToken(parseSigningKeys(setting), after.accessToken)).toEqual(claims);
  }
  const verifying = verifyAccessToken(parseSigningKeys(second), before.accessToken);
  await expect(verifying).rejects.toMatchObject({ reason: 'TOKEN_INVALID' });
});

test('a token is expired after 15 minutes, and not before', async () => {
  const late = await signAccessToken(keys, claims, Date.now() - 15 * minutes - 1_000);
  await expect(verifyAccessToken(keys, late.accessToken)).rejects.toMatchObject({ reason: 'TOKEN_EXPIRED' });
  const lately = await signAccessToken(keys, claims, Date.now() - 14 * minutes);
  expect(await verifyAccessToken(keys, lately.accessToken)).toEqual(claims);
});

test('one that was good a moment ago is expired all the same, and means nothing to other keys', async () => {
  const { accessToken, expiresAt } = await signAccessToken(keys, claims);
  expect(await verifyAccessToken(keys, accessToken)).toEqual(claims);
  const others = verifyAccessToken(parseSigningKeys(`a:${secret()}`), accessToken);
  await expect(others).rejects.toMatchObject({ reason: 'TOKEN_INVALID' });
  vi.useFakeTimers({ toFake: ['Date'], now: expiresAt });
  onTestFinished(() => void vi.useRealTimers());
  await expect(verifyAccessToken(keys, accessToken)).rejects.toMatchObject({ reason: 'TOKEN_EXPIRED' });
});

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

test.each<[string, () => Promise<string>]>([
  [
    'of no algorithm',
    async () => `${part({ alg: 'none', typ: 'at+jwt', kid: 'a' })}.${(await forge({})).split('.')[1]}.`,
  ],
  ['of no algorithm, with a signature', () => forge({ header: { alg: 'none' } })],
  ['of another algorithm, with our key', () => forge({ header: { alg: 'HS512' } })],
  [
    'of a public key',
    () =>
      new SignJWT({ sid: claims.sessionId })
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'a' })
        .setSubject(claims.userId)
        .setIssuer('marketplace-import')
        .setAudience('marketplace-import/api')
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(rsa.privateKey),
  ],
  ['signed with another key', () => forge({}, randomBytes(32))],
  ['of a key we do not have', () => forge({ header: { kid: 'b' } })],
  ['of no key', () => forge({ header: { kid: undefined } })],
  ['of another type', () => forge({ header: { typ: 'JWT' } })],
  ['with a header that must be understood', () => forge({ header: { crit: ['b64'], b64: false } })],
  ['of another issuer', () => forge({ payload: { iss: 'somebody-else' } })],
  ['for another audience', () => forge({ payload: { aud: 'download' } })],
  ['for no audience', () => forge({ payload: { aud: undefined } })],
  ['that never expires', () => forge({ payload: { exp: undefined } })],
  ['that is not valid yet', () => forge({ payload: { nbf: Date.now() / 1000 + 600 } })],
  ['of nobody', () => forge({ payload: { sub: undefined } })],
  ['of no session', () => forge({ payload: { sid: undefined } })],
  ['of a session that is no text', () => forge({ payload: { sid: 7 } })],
  ['of a user that is no UUID', () => forge({ payload: { sub: "' OR true" } })],
  [
    'with other claims than were signed',
    async () => {
      const [header, , signature] = (await forge({})).split('.');
      return `${header}.${part({ ...partsOf(await forge({})).payload, sub: randomUUID() })}.${signature}`;
    },
  ],
  ['cut off', async () => (await forge({})).slice(0, -1)],
  ['of 3 MB', async () => `${await forge({})}${'A'.repeat(3e6)}`],
  ['that is none', () => Promise.resolve('..')],
])('a token %s is refused', async (_what, make) => {
  await expect(verifyAccessToken(keys, await make())).rejects.toMatchObject({ reason: 'TOKEN_INVALID' });
});
