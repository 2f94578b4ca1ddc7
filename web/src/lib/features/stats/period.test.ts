// @module-tag web
import { expect, test } from 'vitest';
import { figuresOf, periodOf } from './period.ts';

const day = (imports: number, failures: number) => ({
  day: '2026-01-31',
  imports,
  completed: imports - failures,
  completedWithErrors: 0,
  failures,
  cancelled: 0,
  rows: 0,
  rowErrors: 0,
});
const stats = {
  days: [day(40, 4), ...Array.from({ length: 28 }, () => day(10, 1)), day(2, 0)],
  imports: {
    total: 900,
    pending: 1,
    processing: 1,
    active: 2,
    completed: 800,
    completedWithErrors: 48,
    withErrors: 98,
    failed: 50,
    cancelled: 0,
  },
};

test.each([
  ['1', 2, 0, null],
  ['7', 62, 6, 62 / 7],
  ['30', 322, 32, 322 / 30],
  ['all', 900, 50, null],
] as const)('the figures of period %s are of its days alone', (period, imports, failed, perDay) => {
  expect(figuresOf(stats, period)).toMatchObject({ imports, failed, perDay });
});

test.each([
  [null, '30'],
  ['7', '7'],
  ['8', '30'],
  ['all', 'all'],
])('the address %s means the period %s', (text, period) => {
  expect(periodOf(text)).toBe(period);
});
