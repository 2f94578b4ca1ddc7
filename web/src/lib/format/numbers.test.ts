// @module-tag web
import { describe, expect, test } from 'vitest';
import type { Language } from './locale.ts';
import {
  counted,
  formatBytes,
  formatCount,
  formatMoney,
  formatShare,
  formatShort,
  formatSpeed,
} from './numbers.ts';

/** Every kind of space as a plain one: which it is, is for Intl to know. */
const plain = (text: string) => text.replaceAll(/\s/g, ' ');

describe.each<[Language, string, string, string, string, string]>([
  ['en', '486,312', '€1,290.50', '61%', '6.4 MB', '12K'],
  ['fr', '486.312', '1.290,50 €', '61 %', '6,4 Mo', '12 k'],
  ['de', '486.312', '1.290,50 €', '61 %', '6,4 MB', '12.345'],
])('in %s', (language, count, money, share, bytes, short) => {
  test('a count, an amount, a share and a size are written as people there write them', () => {
    expect(plain(formatCount(486_312, language))).toBe(count);
    expect(plain(formatMoney('1290.50', 'EUR', language))).toBe(money);
    expect(plain(formatShare(0.61, language))).toBe(share);
    expect(plain(formatBytes(6_400_000, language))).toBe(bytes);
    expect(plain(formatShort(12_345, language)).startsWith(short.slice(0, 2))).toBe(true);
  });

  test('a message gets the figure to choose its form by, and the one to show', () => {
    expect(counted(486_312, language)).toEqual({ n: 486_312, count: formatCount(486_312, language) });
  });
});

test.each([
  [0, '0%'],
  [0.0001, '1%'],
  [0.999, '99%'],
  [0.57, '57%'],
  [1, '100%'],
])('a share of %d is %s: something is never nothing, and not all is never all', (share, shown) => {
  expect(formatShare(share, 'en')).toBe(shown);
});

test.each([
  [0.953, '95.3%'],
  [0.9999, '99.9%'],
  [0.00001, '0.1%'],
])('with a digit behind the point %d is %s', (share, shown) => {
  expect(formatShare(share, 'en', 1)).toBe(shown);
});

test.each([
  ['0.1', 'EUR', '€0.10'],
  ['-12.50', 'EUR', '-€12.50'],
  ['9999999999.99', 'EUR', '€9,999,999,999.99'],
  ['1200', 'JPY', 'JP¥1,200'],
  ['12.50', 'nonsense', '12.50 nonsense'],
  ['on request', 'EUR', 'on request EUR'],
  ['', '', ''],
])('the amount %j in %j is shown as %j', (amount, currency, shown) => {
  expect(plain(formatMoney(amount, currency, 'en'))).toBe(shown);
});

test.each<[string, Language, string]>([
  ['2.00', 'en', '+€2.00'],
  ['-2.00', 'en', '-€2.00'],
  ['0.00', 'en', '€0.00'],
  ['2.00', 'fr', '+2,00 €'],
  ['-2.00', 'de', '-2,00 €'],
])('by how much %s in %s is more or less is written %s', (amount, language, shown) => {
  expect(plain(formatMoney(amount, 'EUR', language, { signed: true }))).toBe(shown);
});

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [391_400_000, '391 MB'],
  ['2000000000', '2 GB'],
  [4_000_000_000_000_000n, '4,000 TB'],
])('%s bytes are %s', (bytes, shown) => {
  expect(plain(formatBytes(bytes, 'en'))).toBe(shown);
});

test.each([
  [0, '0'],
  [37.4, '37'],
  [118, '120'],
  [11_840, '12,000'],
  [-3, '0'],
])('a speed of %d rows a second is shown as %s, two digits that stand still', (speed, shown) => {
  expect(formatSpeed(speed, 'en')).toBe(shown);
});
