// @module-tag import-job
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createUrlKeys } from './signed-url.ts';

const secret = randomBytes(32);
const clock = (minutes: number) => () => Date.UTC(2026, 0, 1) + minutes * 60_000;
const keys = createUrlKeys(secret, clock(0));

test('a token gives its text back, for five minutes', () => {
  const token = keys.sign('Ünï/+ text');
  expect(token).toMatch(/^[\w.-]+$/);
  expect(createUrlKeys(secret, clock(5)).verify(token)).toEqual({ kind: 'valid', text: 'Ünï/+ text' });
  expect(createUrlKeys(secret, clock(5.1)).verify(token)).toEqual({ kind: 'expired' });
});

test.each([
  ['of another key', () => createUrlKeys(randomBytes(32), clock(0)).sign('x')],
  ['with another text', () => keys.sign('x').replace(/^[\w-]+/, Buffer.from('y').toString('base64url'))],
  ['with a later end', () => keys.sign('x').replace(/\.[\da-z]+\./, '.zzzzzzzzz.')],
  ['that is cut short', () => keys.sign('x').slice(0, -1)],
  ['that is empty', () => ''],
  ['that is no token', () => '../../etc/passwd'],
])('a token %s is forged', (_what, token) => {
  expect(keys.verify(token())).toEqual({ kind: 'forged' });
});
