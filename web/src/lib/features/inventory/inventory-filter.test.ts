// @module-tag web
import { expect, test } from 'vitest';
import { changeFilter } from '#lib/features/marketplace-product/product-filter.ts';
import { isInventoryFiltered, readInventoryFilter, writeInventoryFilter } from './inventory-filter.ts';

const read = (query: string) => readInventoryFilter(new URLSearchParams(query));

test.each([
  '',
  '?q=a%25_b&availability=IN_STOCK&availability=PREORDER&missing=1&own=1',
  '?after=x%3D%3D&page=3',
  '?before=y&page=2',
])('the address %j gives a list that has this very address', (address) => {
  expect(writeInventoryFilter(read(address))).toBe(address);
});

test.each([
  ['an availability that does not exist', 'availability=SOON'],
  ['a page without a place', 'page=7'],
  ['a yes that is none', 'missing=yes&own=2'],
])('%s means nothing', (_name, query) => {
  expect(writeInventoryFilter(read(query))).toBe('');
  expect(isInventoryFiltered(read(query))).toBe(false);
});

test('another choice begins at the first page, another page does not', () => {
  const later = read('q=chair&after=x&page=4');
  expect(writeInventoryFilter(changeFilter(later, { own: true }))).toBe('?q=chair&own=1');
  expect(writeInventoryFilter({ ...later, page: 5 })).toBe('?q=chair&after=x&page=5');
});
