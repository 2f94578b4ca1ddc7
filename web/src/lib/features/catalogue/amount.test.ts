// @module-tag web
import { expect, test } from 'vitest';
import { difference, readAmount, readQuantity } from './amount.ts';

test.each([
  ['24.90', '24.90'],
  ['24,9', '24.90'],
  [' 24 ', '24'],
  ['1 290,50', '1290.50'],
  ['1\u202f290,50', '1290.50'],
  ['1.290,50', '1290.50'],
  ['1,290.50', '1290.50'],
  ['€24.90', '24.90'],
  ['24.90 EUR', '24.90'],
  ['eur 24.90', '24.90'],
  ['24,90\u00a0€', '24.90'],
  ['0', '0'],
  ['1 290', '1290'],
  ["1'290.50", '1290.50'],
  ['1 234 567', '1234567'],
])('the amount %j is read as %s', (typed, amount) => {
  expect(readAmount(typed, 'EUR')).toBe(amount);
});

test.each([
  ...['', 'free', '-5', '1.290', '24.905', '24,90,1', '12345678901'],
  ...['24 90', "24'90", '1 290 5', '1.290 500', '1,234.567,00'],
  ...['12 USD', '$12', '12 £', 'EUR 12 EUR', '12€50', 'EUR', '€'],
])('%j is no amount in euros', (typed) => {
  expect(readAmount(typed, 'EUR')).toBeNull();
});

test.each([
  ['CHF 12.50', 'CHF', '12.50'],
  ['$12', 'CAD', '12'],
  ['CA$12', 'CAD', '12'],
  ['12 €', 'CAD', null],
])('%j of a store in %s is %s', (typed, currency, amount) => {
  expect(readAmount(typed, currency)).toBe(amount);
});

test.each([
  ['24.90', '26.90', '2.00'],
  ['26.90', '24.90', '-2.00'],
  ['0.10', '0.30', '0.20'],
  ['10', '10.05', '0.05'],
])('from %s to %s it is %s', (before, after, between) => {
  expect(difference(before, after)).toBe(between);
});

test.each([
  ['5', 5],
  ['1,000', 1000],
  ['1,5', null],
  ['2.0', null],
  ['0', null],
  ['-1', null],
  ['1e3', null],
  ['', null],
])('the quantity %j is read as %s', (typed, quantity) => {
  expect(readQuantity(typed)).toBe(quantity);
});
