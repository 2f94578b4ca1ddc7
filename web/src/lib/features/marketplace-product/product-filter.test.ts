// @module-tag web
import { afterEach, expect, test, vi } from 'vitest';
import {
  changeFilter,
  isFiltered,
  readProductFilter,
  rememberedView,
  rememberView,
  writeProductFilter,
} from './product-filter.ts';

afterEach(() => vi.unstubAllGlobals());

const read = (query: string) => readProductFilter(new URLSearchParams(query));

test.each([
  '',
  '?q=a%25_b',
  '?brand=A&brand=B+%26+C&availability=IN_STOCK&availability=PREORDER&language=FR&view=cards',
  '?after=x%3D%3D&page=3',
  '?before=y&page=2',
])('the address %j gives a list that has this very address', (address) => {
  expect(writeProductFilter(read(address))).toBe(address);
});

test.each([
  ['an availability that does not exist', 'availability=SOON'],
  ['a language without feeds', 'language=LB'],
  ['a page without a place', 'page=7'],
  ['a page that is no number', 'page=-1&view=walls'],
  ['empty brands', 'brand=&brand='],
])('%s means nothing', (_name, query) => {
  expect(writeProductFilter(read(query))).toBe('');
  expect(isFiltered(read(query))).toBe(false);
});

test('another choice begins at the first page, another page does not', () => {
  const later = read('q=chair&after=x&page=4');
  expect(writeProductFilter(changeFilter(later, { brands: ['A'] }))).toBe('?q=chair&brand=A');
  expect(writeProductFilter(changeFilter(later, { place: { after: 'z' }, page: 5 }))).toBe(
    '?q=chair&after=z&page=5',
  );
});

test('a browser that keeps nothing shows products as one that was never asked', () => {
  vi.stubGlobal('localStorage', undefined);
  rememberView('cards');
  expect(rememberedView()).toBe('table');
});
