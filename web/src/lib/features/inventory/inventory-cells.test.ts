// @module-tag web
import { expect, test } from 'vitest';
import { inputOf, isOwn, isReadable, plainText } from './inventory-cells.ts';

test.each([
  ['minQuantity', ' 1 200 ', '1200'],
  ['maxQuantity', '1.200', '1200'],
  ['maxQuantity', '007', '7'],
  ['minQuantity', '1,5', '1,5'],
  ['maxQuantity', '2.0', '2.0'],
  ['maxQuantity', ' ', ''],
  ['minQuantity', 'two', 'two'],
  ['minQuantity', '99999999999', '99999999999'],
] as const)('%s: %j is %j', (cell, typed, text) => {
  expect(plainText(cell, typed)).toBe(text);
});

test.each([
  ['minQuantity', '1', true],
  ['minQuantity', '0', false],
  ['minQuantity', '', false],
  ['maxQuantity', '', true],
  ['maxQuantity', '-5', false],
  ['maxQuantity', '2147483647', true],
  ['maxQuantity', '2147483648', false],
  ['maxQuantity', '1e3', false],
  ['minQuantity', '1,5', false],
  ['availability', '', true],
] as const)('whether %s can be %j: %j', (cell, text, readable) => {
  expect(isReadable(cell, text)).toBe(readable);
});

test('what was emptied is given back to the feed, what was not touched is not sent', () => {
  expect(inputOf('x', { availability: '', maxQuantity: '' })).toEqual({
    id: 'x',
    availability: null,
    maxQuantity: null,
  });
  expect(inputOf('x', { minQuantity: '3' })).toEqual({ id: 'x', minQuantity: 3 });
});

test('one piece at the least is what everybody has, and no own value', () => {
  expect(isOwn('minQuantity', '1')).toBe(false);
  expect(isOwn('minQuantity', '2')).toBe(true);
  expect(isOwn('maxQuantity', '')).toBe(false);
  expect(isOwn('availability', 'IN_STOCK')).toBe(true);
});
