// @module-tag web
import { expect, test } from 'vitest';
import { formatDuration, formatTimeLeft } from './durations.ts';

const plain = (text: string) => text.replaceAll(/\s/g, ' ');

test.each([
  [0, '0.0 s'],
  [340, '0.3 s'],
  [9_940, '9.9 s'],
  [9_960, '10 s'],
  [43_000, '43 s'],
  [59_600, '1 min'],
  [72_000, '1 min 12 s'],
  [3_599_600, '1 h'],
  [7_500_000, '2 h 5 min'],
  [86_400_000, '1 d'],
  [273_600_000, '3 d 4 h'],
  [-5, '0.0 s'],
])('%d ms took %s', (milliseconds, shown) => {
  expect(plain(formatDuration(milliseconds, 'en'))).toBe(shown);
});

test('a comma in French and German, and days as the French write them', () => {
  expect(plain(formatDuration(340, 'fr'))).toBe('0,3 s');
  expect(plain(formatDuration(340, 'de'))).toBe('0,3 s');
  expect(plain(formatDuration(86_400_000, 'fr'))).toBe('1 j');
});

test.each([
  [0, '5 s'],
  [3, '5 s'],
  [17, '15 s'],
  [58, '1 min'],
  [80, '1 min 15 s'],
  [299, '5 min'],
  [700, '12 min'],
])('%d s left are shown as %s', (seconds, shown) => {
  expect(plain(formatTimeLeft(seconds, 'en'))).toBe(shown);
});
