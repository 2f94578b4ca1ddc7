// @module-tag store
import { expect, test } from 'vitest';
import { normaliseCurrency, normaliseStoreCode, normaliseTimeZone } from './store.values.ts';

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

test.each([
  ['Europe/Luxembourg', 'Europe/Luxembourg'],
  ['europe/PARIS', 'Europe/Paris'],
  ['UTC', 'UTC'],
  ['+02:00', null],
  ['Europe/Nowhere', null],
  ['', null],
  ['Europe/Paris; DROP', null],
])('the time zone "%s" is stored as %s', (typed, stored) => {
  if (stored !== null) expect(normaliseTimeZone(typed)).toBe(stored);
  else
    expect(() => normaliseTimeZone(typed)).toThrow(
      expect.objectContaining({ code: 'STORE_TIME_ZONE_UNKNOWN' }),
    );
});
