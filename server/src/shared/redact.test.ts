// @module-tag shared
// @module-tag hostile
import { expect, test } from 'vitest';
import { passwordsOf, redactJson, redactText } from './redact.ts';

test.each([
  ['cannot reach postgresql://app:pa55word@db:5432/shop', 'cannot reach postgresql://***@db:5432/shop'],
  ['"redis://:pa55word@cache/0" is down', '"redis://***@cache/0" is down'],
  ["at 'https://user:p'a@feeds.example/a'", "at 'https://***@feeds.example/a'"],
  ['https://user:pa ss@feeds.example/', 'https://***@feeds.example/'],
  [
    'GET https://feeds.example/a.csv?apikey=abc&lang=fr.',
    'GET https://feeds.example/a.csv?apikey=***&lang=fr.',
  ],
  ['GET /errors.csv?sig=abc&page=2', 'GET /errors.csv?sig=***&page=2'],
  ['Authorization: Basic dXNlcjpwYXNz', 'Authorization: ***'],
  ['cookie: a=b; refresh=c\nhost: x', 'cookie: ***\nhost: x'],
  ['refused: Bearer abcdefghijkl', 'refused: Bearer ***'],
  ['{"password":"a b","user":"x"}', '{"password":***,"user":"x"}'],
  ['{\\"password\\":\\"a b\\",\\"user\\":\\"x\\"}', '{\\"password\\":***,\\"user\\":\\"x\\"}'],
  ["dbPassword = 'a b', x", 'dbPassword = ***, x'],
  ['refresh_token=abc;x', 'refresh_token=***;x'],
  ['got eyJhbGciOi.eyJzdWIi.c2ln here', 'got *** here'],
  ['token dGhpcyBpcyBhIHJhbmRvbSB0b2tlbiBvZiA0MyBjaGFycw5 gone', 'token *** gone'],
])('%s is logged as %s', (text, shown) => {
  expect(redactText(text)).toBe(shown);
});

test.each([
  'import 0198a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b ended after 12:30:00',
  'password authentication failed for user "app"',
  'at run (file:///srv/node_modules/.pnpm/@prisma+client@7.10.0_typescript@6.0.3/client.ts:12:3)',
  'sha-256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'mail to owner@example.test: see https://shop.example/image@2x.png?page=2',
  'a basic rule',
])('%s stays as it is', (text) => {
  expect(redactText(text)).toBe(text);
});

test('what stands under the name of a secret is masked whole; flags and nothing are not', () => {
  const fields = {
    input: { email: 'a@example.test', password: 'x', newPassword: { nested: 'y' } },
    headers: [{ Cookie: ['a=b'], 'set-cookie': 7, host: 'x' }],
    hasPassword: true,
    accessToken: null,
  };
  expect(redactJson(fields)).toEqual({
    input: { email: 'a@example.test', password: '***', newPassword: '***' },
    headers: [{ Cookie: '***', 'set-cookie': '***', host: 'x' }],
    hasPassword: true,
    accessToken: null,
  });
});

test('known secrets are masked wherever they stand, names of fields too', () => {
  const secrets = passwordsOf('postgresql://app:pa%2Fss-w0rd@db/shop');
  expect(secrets).toEqual(['pa%2Fss-w0rd', 'pa/ss-w0rd']);
  expect(redactJson({ 'pa/ss-w0rd': ['x pa%2Fss-w0rd y'] }, secrets)).toEqual({ '***': ['x *** y'] });
});

test.each([null, '', 'no address', 'redis://cache', 'redis://:abc@cache'])(
  '%s has no password to know',
  (url) => {
    expect(passwordsOf(url)).toEqual([]);
  },
);

test('a secret is not shown because it was cut in two, however long it is', () => {
  const shown = redactText(`${'x '.repeat(1_000)}https://user:${'secret'.repeat(10_000)}@feeds.example/`);
  expect(shown).not.toContain('secret');
});

test.each([
  ['a', 'a'],
  ['a://', 'a:'],
  ['quotes', '"'],
  ['blanks', ' '],
  ['names', 'password'],
  ['names with a sign', 'token='],
  ['signs', '-a'],
  ['parameters', '?a=1&'],
])('a million characters of %s are read in no time', (_kind, unit) => {
  const began = performance.now();
  const shown = redactText(unit.repeat(1_000_000 / unit.length));
  expect(shown.length).toBeLessThanOrEqual(4_001);
  expect(performance.now() - began).toBeLessThan(2_000);
});

test('what is nested without end, or has members without end, is cut', () => {
  const deep: { inner?: unknown } = {};
  deep.inner = deep;
  expect(JSON.stringify(redactJson(deep)).match(/inner/g)).toHaveLength(8);
  expect(redactJson(Array.from({ length: 1_000 }, () => 1))).toHaveLength(100);
});
