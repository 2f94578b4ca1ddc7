// @module-tag web
import { expect, test } from 'vitest';
import { readCount } from './read-count.ts';

test.each([
  ['5', 5],
  [' 007 ', 7],
  ['1200', 1200],
  ['1,200', 1200],
  ['1.200', 1200],
  ['1 200', 1200],
  ['1\u202f200\u202f000', 1_200_000],
  ["1'200", 1200],
  ['1’200', 1200],
  ['1,5', null],
  ['2.0', null],
  ['1,20', null],
  ['1.200,50', null],
  ['1,200.000', null],
  ['1234,567', null],
  ['12,3456', null],
  [',5', null],
  ['-1', null],
  ['1e3', null],
  ['99999999999999999999', null],
  ['two', null],
  ['', null],
])('%j is read as %s', (typed, count) => {
  expect(readCount(typed)).toBe(count);
});
