// @module-tag shared
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RecentUse } from './recent-use.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['hrtime'] }));
afterEach(() => void vi.useRealTimers());

test('use is recent for five seconds after the last of it, and never before the first', () => {
  const use = new RecentUse();
  expect(use.isRecent()).toBe(false);
  use.note();
  vi.advanceTimersByTime(3_000);
  use.note();
  vi.advanceTimersByTime(4_999);
  expect(use.isRecent()).toBe(true);
  vi.advanceTimersByTime(1);
  expect(use.isRecent()).toBe(false);
});

test('whoever has its memory sees it', () => {
  const use = new RecentUse();
  const elsewhere = new RecentUse(structuredClone(use.memory));
  use.note();
  expect(elsewhere.isRecent()).toBe(true);
});
