// @module-tag web
import { expect, test } from 'vitest';
import { countWords } from './count.ts';

test.each([
  [{ count: 12, exact: true }, '12'],
  [{ count: 12_345, exact: false }, 'about 12345'],
])('%j is said as %j', (count, words) => {
  expect(countWords(count, { count: String })).toBe(words);
});
