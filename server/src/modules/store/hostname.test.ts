// @module-tag store
import { expect, test } from 'vitest';
import { normaliseHostname } from './hostname.ts';

test.each([
  ['shop.example', 'shop.example'],
  [' SHOP.Example. ', 'shop.example'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['BÜCHER.example', 'xn--bcher-kva.example'],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  // Full-width letters, as an input method may write them.
  ['ｓhop.example', 'shop.example'],
  ['a-b.c-d.example', 'a-b.c-d.example'],
  ['1a.example', '1a.example'],
  [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
])('"%s" is stored as %s', (typed, stored) => {
  expect(normaliseHostname(typed)).toBe(stored);
});

test.each([
  '',
  '   ',
  '.',
  'localhost',
  'https://shop.example',
  'shop.example/path',
  'shop.example:8080',
  'user@shop.example',
  'shop example.lu',
  'shop%2eexample',
  'shop..example',
  '.shop.example',
  '-shop.example',
  'shop-.example',
  'my_shop.example',
  '*.shop.example',
  '127.0.0.1',
  '0x7f.1',
  '[::1]',
  'shop.123',
  'shop\u0000.example',
  'shop\u200b\n.example',
])('"%s" is no name of a website', (typed) => {
  expect(() => normaliseHostname(typed)).toThrow(expect.objectContaining({ code: 'STORE_DOMAIN_MALFORMED' }));
});

test.each([
  ['a label', `${'a'.repeat(64)}.example`],
  ['a name', `${'a.'.repeat(126)}example`],
  ['a text', 'a'.repeat(100_000)],
  ['a name that becomes longer in ASCII', `${'ü.'.repeat(40)}example`],
])('%s that is too long for the DNS is no name', (_what, typed) => {
  expect(() => normaliseHostname(typed)).toThrow(expect.objectContaining({ code: 'STORE_DOMAIN_MALFORMED' }));
});
