// @module-tag product-data
import { expect, test } from 'vitest';
import { countries, readCountry } from './country.ts';

test.each([
  ['LU', 'LU'],
  ['de', 'DE'],
  ['UK', 'GB'],
])('%s is the country %s', (text, value) => {
  expect(readCountry(text)).toEqual({ ok: true, value });
});

test.each(['', 'L', 'LUX', 'Luxembourg', 'ZZ', 'EU', '__'])('%j is no country', (text) => {
  expect(readCountry(text)).toEqual({ ok: false, code: 'COUNTRY_UNKNOWN' });
});

test('there are 249 countries in ISO 3166-1, and Kosovo', () => {
  expect(countries.size).toBe(250);
});
