// @module-tag web
import { expect, test } from 'vitest';
import { addressWith } from './address.ts';

const url = new URL('http://shop.example/admin/imports?status=FAILED&after=x');

test.each([
  ['one is set beside the others', { language: 'DE' }, '/admin/imports?status=FAILED&after=x&language=DE'],
  ['one is replaced', { status: 'PENDING' }, '/admin/imports?status=PENDING&after=x'],
  ['null removes one', { after: null }, '/admin/imports?status=FAILED'],
  ['empty text removes one', { status: '' }, '/admin/imports?after=x'],
  ['without any there is no question mark', { status: null, after: null }, '/admin/imports'],
  [
    'what has a meaning in an address is escaped',
    { after: null, status: 'a&b=c' },
    '/admin/imports?status=a%26b%3Dc',
  ],
])('%s', (_what, changes, address) => {
  expect(addressWith(url, changes)).toBe(address);
});
