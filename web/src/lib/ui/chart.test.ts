// @module-tag web
import { expect, test } from 'vitest';
import { axisTicks, labelledSteps } from './chart.ts';

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [7, [0, 2, 4, 6, 8]],
  [509, [0, 200, 400, 600]],
  [10_000, [0, 2500, 5000, 7500, 10_000]],
])('an axis that holds %d has the ticks %j', (largest, ticks) => {
  expect(axisTicks(largest)).toEqual(ticks);
});

test('the last step of a chart has a label, and no two labels meet', () => {
  expect([...labelledSteps(30, 600, 100)]).toEqual([29, 24, 19, 14, 9, 4]);
  expect([...labelledSteps(3, 600, 100)]).toEqual([2, 1, 0]);
  expect([...labelledSteps(14, 0, 100)]).toEqual([13]);
});
