// @module-tag product-data
import { expect, test } from 'vitest';
import { readBoolean, readInteger, readMeasure } from './quantity.ts';

test.each([
  ['750 ml', '750 ml'],
  ['750ml', '750 ml'],
  ['0,75 Liter', '0.75 l'],
  ['1500.0 g', '1500 g'],
  ['0.500 g', '0.5 g'],
  ['2.50 KG', '2.5 kg'],
  ['1.250 kg', '1.25 kg'],
  ['0,250 kg', '0.25 kg'],
  ['.5 lbs', '0.5 lb'],
  ['5 kg.', '5 kg'],
  ['3 fl. oz', '3 floz'],
  ['12"', '12 in'],
  ['2 m²', '2 sqm'],
  ['10 Stück', '10 ct'],
  ['６\u00a0pièces', '6 ct'],
  ['007 cm', '7 cm'],
  ['100 ct', '100 ct'],
  ['0 g', '0 g'],
])('the measure %s is %s', (text, value) => {
  expect(readMeasure(text)).toEqual({ ok: true, value });
});

test.each([
  ...[
    '',
    '10',
    'kg',
    '-1 kg',
    '1e3 g',
    '1,500 kg',
    '1.000 g',
    '1.500 ml',
    '2.000 mg',
    '1.200 mm',
    '1.000 Stück',
    '1 500 g',
    '10.00 €/kg',
    '5 parsec',
    '1.2.3 kg',
    '1 kg 500 g',
  ],
  ...['10² kg', '9'.repeat(20) + ' g', '5 constructor'],
])('%j is no measure', (text) => {
  expect(readMeasure(text)).toEqual({ ok: false, code: 'MEASURE_UNREADABLE' });
});

test.each([
  ['0', '0'],
  ['007', '7'],
  ['12.0', '12'],
  ['0.000', '0'],
  ['1200.000', '1200'],
  ['+3', '3'],
  ['2147483647', '2147483647'],
])('the whole number %s is %s', (text, value) => {
  expect(readInteger(text)).toEqual({ ok: true, value });
});

test.each([
  '',
  '-1',
  '1.5',
  '1e3',
  '2147483648',
  '99999999999',
  '٣',
  'two',
  '0x10',
  '1 000',
  '1,000',
  '12.000',
])('%j is no whole number that fits', (text) => {
  expect(readInteger(text)).toEqual({ ok: false, code: 'INTEGER_UNREADABLE' });
});

test.each([
  [true, ['yes', 'TRUE', '1', 'Ja', 'oui', 'vrai', 'wahr']],
  [false, ['no', 'False', '0', 'nein', 'NON', 'faux']],
])('%s has many names', (value, texts) => {
  expect(texts.map(readBoolean)).toEqual(texts.map(() => ({ ok: true, value })));
});

test.each(['', '2', 'maybe', 'yes and no', 'constructor'])('%j is neither yes nor no', (text) => {
  expect(readBoolean(text)).toEqual({ ok: false, code: 'BOOLEAN_UNREADABLE' });
});

test('a text of a megabyte is no quantity', () => {
  expect(readMeasure('1 '.repeat(500_000)).ok).toBe(false);
  expect(readInteger(`${'0'.repeat(1_000_000)}x`).ok).toBe(false);
  expect(readBoolean('yes'.repeat(300_000)).ok).toBe(false);
});
