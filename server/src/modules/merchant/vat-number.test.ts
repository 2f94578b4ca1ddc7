// @module-tag merchant
import { expect, test } from 'vitest';
import { normaliseVatNumber } from './vat-number.ts';

test.each([
  ['LU12345678', 'LU12345678'],
  ['lu 1234 5678', 'LU12345678'],
  ['LU-123.456.78', 'LU12345678'],
  ['DE123456789', 'DE123456789'],
  ['FR AB 123456789', 'FRAB123456789'],
  ['BE 0123.456.789', 'BE0123456789'],
  ['ATU12345678', 'ATU12345678'],
  ['NL123456789B01', 'NL123456789B01'],
  ['IE1234567WA', 'IE1234567WA'],
  ['ESX1234567X', 'ESX1234567X'],
  ['EL123456789', 'EL123456789'],
  ['XI123456789', 'XI123456789'],
  ['   ', null],
  ['', null],
])('"%s" is stored as %s', (typed, stored) => {
  expect(normaliseVatNumber(typed)).toBe(stored);
});

test.each([
  'LU1234567',
  'LU123456789',
  'LU1234567A',
  '12345678',
  'GR123456789',
  'US123456789',
  'constructor',
  '__proto__',
  'LU12345678\u0000',
  'LU１２３４５６７８',
  `LU${'1'.repeat(50)}`,
])('"%s" is no VAT number of the European Union', (typed) => {
  expect(() => normaliseVatNumber(typed)).toThrow(expect.objectContaining({ code: 'VAT_NUMBER_MALFORMED' }));
});
