// @module-tag project
import { expect, test } from 'vitest';
import { percentile } from './figures.ts';

test.each([
  ['an odd number', [3, 1, 2], 0.5, 2],
  ['an even number', [4, 1, 3, 2], 0.5, 2],
  ['fewer than a hundred', [30, 10, 20], 0.99, 30],
  ['a hundred', Array.from({ length: 100 }, (_, at) => 100 - at), 0.99, 99],
  ['none', [], 0.5, 0],
])('a percentile of %s of values is one of them, by nearest rank', (_what, values, share, expected) => {
  expect(percentile(values, share)).toBe(expected);
});
