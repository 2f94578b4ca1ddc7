// @module-tag store
import { expect, test } from 'vitest';
import { normaliseCurrency, normaliseStoreCode } from './store.values.ts';

test.each([
  ['maison-neuve', 'maison-neuve'],
  [' Maison-Neuve ', 'maison-neuve'],
  ['a1', 'a1'],
  ['9', null],
  ['', null],
  ['-a', null],
  ['a-', null],
  ['a--b', null],
  ['a b', null],
  ['a/b', null],
  ['é-b', null],
  ['a\nb', null],
  ['a'.repeat(50), 'a'.repeat(50)],
  ['a'.repeat(51), null],
])('the code "%s" is stored as %s', (typed, stored) => {
  if (stored !== null) expect(normaliseStoreCode(typed)).toBe(stored);
  else
    expect(() => normaliseStoreCode(typed)).toThrow(
      expect.objectContaining({ code: 'STORE_CODE_MALFORMED' }),
    );
});

test.each([
  ['EUR', 'EUR'],
  [' chf ', 'CHF'],
  ['€', null],
  ['XXX', null],
  ['', null],
])('the currency "%s" is stored as %s', (typed, stored) => {
  if (stored !== null) expect(normaliseCurrency(typed)).toBe(stored);
  else
    expect(() => normaliseCurrency(typed)).toThrow(
      expect.objectContaining({ code: 'STORE_CURRENCY_UNKNOWN' }),
    );
});
