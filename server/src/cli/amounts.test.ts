// @module-tag cli
import { expect, test } from 'vitest';
import { bytesText, countOf, durationText } from './amounts.ts';
import { printable, shortened } from './printable.ts';

test.each([
  [0, '0.0 s'],
  [0.449, '0.4 s'],
  [9.94, '9.9 s'],
  [9.96, '10 s'],
  [59.4, '59 s'],
  [59.6, '1 min 00 s'],
  [3599.7, '1 h 00 min'],
  [7620, '2 h 07 min'],
])('%d seconds read %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

test.each([
  [0, '0.0 kB'],
  [3_561_291, '3.6 MB'],
  [120_000_000, '120 MB'],
  [2e9, '2.0 GB'],
])('%d bytes read %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

test('one thing is not several', () => {
  expect([countOf(1, 'row'), countOf(0, 'row'), countOf(12_345, 'row')]).toEqual([
    '1 row',
    '0 rows',
    '12,345 rows',
  ]);
});

test('text from a feed cannot steer the terminal', () => {
  expect(printable('red\x1b[2J\u202eevil\x07\n')).toBe('red�[2J�evil��');
});

test.each([
  ['short', 'short'],
  ['just ten c', 'just ten c'],
  ['more than ten', 'more than…'],
  ['🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲', '🚲🚲🚲🚲🚲🚲🚲🚲🚲…'],
])('"%s" is cut to ten letters', (text, cut) => {
  expect(shortened(text, 10)).toBe(cut);
});
