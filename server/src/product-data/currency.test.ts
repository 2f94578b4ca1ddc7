// @module-tag product-data
import { expect, test } from 'vitest';
import { combineMarks, currencies, currencyMark, decimalsOf, settleCurrency } from './currency.ts';

const settle = (fromCell: string | null, fromColumn: string | null, storeCurrency = 'EUR') =>
  settleCurrency({ fromCell, fromColumn, storeCurrency });

test.each([
  ['the cell', 'CHF', null, 'EUR', 'CHF'],
  ['the currency column', null, 'usd', 'EUR', 'USD'],
  ['a sign in the currency column', null, ' € ', 'CHF', 'EUR'],
  ['the store, when nothing else says it', null, null, 'CHF', 'CHF'],
  ['the store, when the column is blank', null, '\u00a0', 'CHF', 'CHF'],
  ['the store, when the column holds a placeholder', null, 'N/A', 'CHF', 'CHF'],
  ['the store, of those that a sign stands for', '$', null, 'CAD', 'CAD'],
  ['the column, of those that a sign stands for', '$', 'AUD', 'EUR', 'AUD'],
  ['the cell, when the column has a sign that stands for it', 'NOK', 'kr', 'EUR', 'NOK'],
  ['West Africa, for francs of both monetary unions', 'fcfa', null, 'EUR', 'XOF'],
  ['the store, for francs of its monetary union', 'fcfa', null, 'XAF', 'XAF'],
])('the currency is that of %s', (_whose, fromCell, fromColumn, storeCurrency, value) => {
  expect(settle(fromCell, fromColumn, storeCurrency)).toEqual({ ok: true, value });
});

test.each([
  ['CURRENCY_AMBIGUOUS', '$', null],
  ['CURRENCY_AMBIGUOUS', 'kr', ''],
  ['CURRENCY_AMBIGUOUS', null, '¥'],
  ['CURRENCY_AMBIGUOUS', '$', 'EUR'],
  ['CURRENCY_UNKNOWN', null, 'XXX'],
  ['CURRENCY_UNKNOWN', 'EUR', 'twenty'],
  ['CURRENCY_CONFLICT', 'EUR', 'USD'],
])('%s for %s in the cell and %s in the column', (code, fromCell, fromColumn) => {
  expect(settle(fromCell, fromColumn)).toEqual({ ok: false, code });
});

test.each([
  ['zł', 'PLN'],
  ['Kč', 'CZK'],
  ['SFr.', 'CHF'],
  ['руб.', 'RUB'],
  ['US$', 'USD'],
  ['eUr', 'EUR'],
  ['Kr', 'kr'],
  ['constructor', null],
  ['kg', null],
  ['', null],
])('%s is %s', (text, mark) => {
  expect(currencyMark(text)).toBe(mark);
});

test('a sign and a code of one cell are one currency when the sign can stand for the code', () => {
  expect([combineMarks('$', 'CAD'), combineMarks('SEK', 'kr'), combineMarks('$', 'EUR')]).toEqual([
    'CAD',
    'SEK',
    null,
  ]);
});

test('money has no, two or three decimals', () => {
  expect([decimalsOf('JPY'), decimalsOf('EUR'), decimalsOf('KWD')]).toEqual([0, 2, 3]);
});

test('every currency is three capitals', () => {
  expect([...currencies].filter((code) => !/^[A-Z]{3}$/.test(code))).toEqual([]);
  expect(currencies.size).toBeGreaterThan(150);
});
