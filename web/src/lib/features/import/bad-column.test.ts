// @module-tag web
import { expect, test } from 'vitest';
import { badColumn, beginningOf, cellsOf } from './bad-column.ts';

const cells = cellsOf({ référence: 'WL-1', 'prix TTC': 'sur demande', Désignation: '', 'Sale Price': '9' });

test.each([
  ['is called like the attribute', 'sale_price', 'It is not lower.', 'Sale Price'],
  ['holds the cell that is quoted', 'price', 'The price "sur demande" cannot be read.', 'prix TTC'],
  ['is named by the sentence', 'title', 'Fill in the column "Désignation".', 'Désignation'],
  ['holds what the sentence begins with', 'id', 'WL-1 is in row 4 already.', 'référence'],
])('the bad column is the one that %s', (_how, attribute, message, column) => {
  expect(badColumn(cells, { attribute, message })).toBe(column);
});

test('a fault of a whole row has no bad column, nor has one that nobody can place', () => {
  expect(badColumn(cells, { attribute: null, message: 'Too many cells: "sur demande"' })).toBeNull();
  expect(badColumn(cells, { attribute: 'gtin', message: 'It is missing.' })).toBeNull();
});

test.each([null, 'text', 4, ['a']])('a row that is %o has no cells', (rowData) => {
  expect(cellsOf(rowData)).toEqual([]);
});

test('a row begins with its first cells that say something, but for what is said beside it', () => {
  expect(beginningOf(cells, null)).toBe('WL-1 · sur demande · 9');
  expect(beginningOf(cells, 'WL-1')).toBe('sur demande · 9');
  expect(beginningOf([], null)).toBe('');
});
