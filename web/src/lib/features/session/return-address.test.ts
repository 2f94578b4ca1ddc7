// @module-tag web
import { expect, test } from 'vitest';
import { returnAddress, signInAddress } from './return-address.ts';

const origin = 'https://shop.example';

test.each([
  ['a page', '/store/a/marketplace?status=FAILED', '/login?to=%2Fstore%2Fa%2Fmarketplace%3Fstatus%3DFAILED'],
  ['the first page', '/', '/login'],
])('who wants %s is sent to the sign-in', (_name, wanted, address) => {
  expect(signInAddress(new URL(wanted, origin))).toBe(address);
});

test.each([
  ['a page with its filters', '/store/a?x=1#rows', '/store/a?x=1#rows'],
  ['another server', 'https://evil.example/', '/'],
  ['another server without its scheme', '//evil.example/', '/'],
  ['another server behind a backslash', '/\\evil.example/', '/'],
  ['another server behind dots', '/.//evil.example/', '/'],
  ['a script', 'javascript:alert(1)', '/'],
  ['a path without its slash', 'store/a', '/'],
  ['the sign-in itself', '/login?to=/login', '/'],
  ['nothing', '', '/'],
  ['no address at all', 'https://[', '/'],
])('comes back to %s or not', (_name, to, address) => {
  expect(returnAddress(new URL(`/login?to=${encodeURIComponent(to)}`, origin))).toBe(address);
});
