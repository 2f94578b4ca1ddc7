// @module-tag pipeline
import { expect, test } from 'vitest';
import { retryWaitMs } from './retry-after.ts';

const now = Date.parse('2030-01-01T00:00:00Z');

test.each([
  ['120', 120_000],
  [' 7 ', 7_000],
  ['0', 500],
  ['999999999', 999_999_999_000],
  ['9'.repeat(400), Infinity],
  ['Tue, 01 Jan 2030 00:01:30 GMT', 90_000],
  ['Tuesday, 01-Jan-30 00:01:30 GMT', 90_000],
  ['Mon, 31 Dec 2029 00:00:00 GMT', 500],
  ['-1', 500],
  ['1.5', 500],
  ['soon', 500],
  ['Never, ever 99:99:99', 500],
  ['', 500],
  [undefined, 500],
])('B14: Retry-After %s is a wait of %d ms', (header, waitMs) => {
  expect(retryWaitMs(header, now, 500)).toBe(waitMs);
});
