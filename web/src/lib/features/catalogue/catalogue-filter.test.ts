// @module-tag web
import { expect, test } from 'vitest';
import {
  catalogueInput,
  isCatalogueFiltered,
  isDriftedAlone,
  readCatalogueFilter,
  writeCatalogueFilter,
} from './catalogue-filter.ts';

const read = (query: string) => readCatalogueFilter(new URLSearchParams(query));

test.each([
  '',
  '?q=lamp&brand=A&published=0&drifted=1&sort=newest',
  '?published=1&view=cards&missing=1&own=1&featured=1',
  '?after=x&page=2',
])('the address %j gives a list that has this very address', (address) => {
  const filter = read(address);
  expect(Object.fromEntries(new URLSearchParams(writeCatalogueFilter(filter)))).toEqual(
    Object.fromEntries(new URLSearchParams(address)),
  );
});

test.each(['published=maybe', 'drifted=yes', 'sort=price'])('%s means nothing', (query) => {
  expect(writeCatalogueFilter(read(query))).toBe('');
  expect(isCatalogueFiltered(read(query))).toBe(false);
});

test.each([
  ['drifted=1', true],
  ['drifted=1&sort=newest&view=cards', true],
  ['', false],
  ['drifted=1&q=lamp', false],
  ['drifted=1&brand=A', false],
  ['drifted=1&own=1', false],
])('%j is all that the feed has moved on: %s', (query, all) => {
  expect(isDriftedAlone(read(query))).toBe(all);
});

test('the view that this browser showed last is not written, another one is', () => {
  const cards = readCatalogueFilter(new URLSearchParams(''), 'cards');
  expect(cards.view).toBe('cards');
  expect(writeCatalogueFilter(cards, 'cards')).toBe('');
  expect(writeCatalogueFilter({ ...cards, view: 'table' }, 'cards')).toBe('?view=table');
});

test('what is not filtered by is not asked of the API', () => {
  expect(catalogueInput('shop', read(''))).toEqual({
    ...{ storeCode: 'shop', search: null, brand: [], availability: [], language: null, published: null },
    ...{ drifted: null, overridden: null, missing: null, featured: null },
  });
  expect(catalogueInput('shop', read('own=1&published=0'))).toMatchObject({
    overridden: true,
    published: false,
  });
});
