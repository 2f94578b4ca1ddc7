// @module-tag product-data
import { describe, expect, test } from 'vitest';
import { comparableGtin, hasCheckDigit, normaliseGtin, normaliseGtins } from './gtin.ts';

describe('a GTIN is stored in its own length', () => {
  test.each([
    ['GTIN-8', '40170725', '40170725'],
    ['GTIN-12', '614141007349', '614141007349'],
    ['GTIN-13', '4012345123456', '4012345123456'],
    ['GTIN-14', '10614141543219', '10614141543219'],
    ['code in groups', '40-12345 12345-6', '4012345123456'],
    ['code behind a dash', '-4012345123456', '4012345123456'],
    ['code between blanks that do not break', '\u00a04012345123456\u202f', '4012345123456'],
    ['code with a zero-width blank', '4012345\u200b123456', '4012345123456'],
    ['code in full-width digits', '４０１２３４５１２３４５６', '4012345123456'],
    ['text cell of a spreadsheet', "'4012345123456", '4012345123456'],
    ['formula of a spreadsheet', '="4012345123456"', '4012345123456'],
    ['number with a decimal', '4012345123456.0', '4012345123456'],
    ['ISBN-10', '3-446-20001-0', '9783446200012'],
    ['ISBN-10 that ends in X', '349913599X', '9783499135996'],
    ['ISMN', '9790260000438', '9790260000438'],
  ])('a %s', (_kind, raw, value) => {
    expect(normaliseGtin(raw)).toEqual({ ok: true, value });
  });
});

test.each([
  ['a zero', '14141007347', '014141007347'],
  ['two zeros', '4141007348', '004141007348'],
  ['its plain form', '4.012345123456E+12', '4012345123456'],
])('a code that a spreadsheet took %s from is repaired with a warning', (_what, raw, value) => {
  expect(normaliseGtin(raw)).toEqual({ ok: true, value, warning: 'GTIN_REPAIRED' });
});

test.each([
  '',
  ' ',
  '\u200b',
  'N/A',
  'n/a',
  '-',
  '0',
  'none',
  'Keine',
  'aucun',
  'Does not apply',
  'ne s’applique pas',
])('the placeholder %j stands for no code', (raw) => {
  expect(normaliseGtin(raw)).toEqual({ ok: true, value: '' });
});

test.each([
  ['GTIN_CHECK_DIGIT', '4012345123457'],
  ['GTIN_CHECK_DIGIT', '3446200011'],
  ['GTIN_CHECK_DIGIT', '349913598X'],
  ['GTIN_DAMAGED', '4.01235E+12'],
  ['GTIN_DAMAGED', '4,01235E+12'],
  ['GTIN_DAMAGED', '4E+12'],
  ['GTIN_MALFORMED', '0000000000000'],
  ['GTIN_MALFORMED', '00000000'],
  ['GTIN_MALFORMED', '123456789'],
  ['GTIN_MALFORMED', '401234512345678'],
  ['GTIN_MALFORMED', '40123451234X6'],
  ['GTIN_MALFORMED', 'SKU-4711'],
  ['GTIN_RESTRICTED', '2012345000001'],
  ['GTIN_RESTRICTED', '0212345000007'],
  ['GTIN_RESTRICTED', '212345000007'],
  ['GTIN_RESTRICTED', '0412345000001'],
  ['GTIN_RESTRICTED', '512345000008'],
  ['GTIN_RESTRICTED', '9812345000000'],
  ['GTIN_RESTRICTED', '9912345000007'],
  ['GTIN_RESTRICTED', '20123451'],
  ['GTIN_RESTRICTED', '00123457'],
])('%s for %s', (code, raw) => {
  expect(normaliseGtin(raw)).toEqual({ ok: false, code });
});

test('a GTIN-12 that starts with 02 is no code of a shop, as its GTIN-13 starts with 002', () => {
  expect(normaliseGtin('021234500005')).toMatchObject({ ok: true });
});

test('the indicator digit of a GTIN-14 is not part of the prefix', () => {
  expect(normaliseGtin('24012345123450')).toMatchObject({ ok: true });
});

test('the check digit counts from the right, whatever the length', () => {
  expect(['40170725', '614141007349', '4012345123456', '10614141543219'].map(hasCheckDigit)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(hasCheckDigit('40170726')).toBe(false);
});

test('the same item is compared in 14 digits', () => {
  expect(comparableGtin('614141007349')).toBe(comparableGtin('0614141007349'));
});

describe('a cell with several codes', () => {
  test('gives each valid one, and says what is wrong with the others', () => {
    expect(normaliseGtins('4012345123456, 4012345123457,N/A; 40170725')).toEqual({
      gtins: ['4012345123456', '40170725'],
      issues: [{ code: 'GTIN_CHECK_DIGIT', value: '4012345123457' }],
    });
  });

  test('names an item once, whatever the length of its code', () => {
    expect(normaliseGtins('614141007349,0614141007349').gtins).toEqual(['614141007349']);
  });

  test('keeps ten', () => {
    const isbns = Array.from({ length: 110 }, (_, index) => `97834462${String(index).padStart(5, '0')}`);
    const list = normaliseGtins(isbns.filter(hasCheckDigit).slice(0, 11).join(','));
    expect(list.gtins).toHaveLength(10);
    expect(list.issues.map(({ code }) => code)).toEqual(['GTIN_TOO_MANY']);
  });

  test('is not seen in a decimal comma', () => {
    expect(normaliseGtins('4,01235E+12').issues).toEqual([{ code: 'GTIN_DAMAGED', value: '4,01235E+12' }]);
  });

  test('of ten thousand characters is refused at once', () => {
    expect(normaliseGtins('4012345123456,'.repeat(1000)).issues).toMatchObject([{ code: 'GTIN_MALFORMED' }]);
    expect(normaliseGtin('4'.repeat(10_000))).toEqual({ ok: false, code: 'GTIN_MALFORMED' });
  });
});
