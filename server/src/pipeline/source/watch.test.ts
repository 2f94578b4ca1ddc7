// @module-tag pipeline
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultSourceLimits } from './limits.ts';
import { startWatch, type Watch } from './watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const caller = new AbortController().signal;
const start = (changed = {}, signal = caller) => startWatch({ ...defaultSourceLimits, ...changed }, signal);
const reasonCode = (watch: Watch) => (watch.signal.reason as { code?: string } | undefined)?.code ?? null;

test('silence ends the work only while we listen', () => {
  const watch = start({ idleMs: 1000 });
  vi.advanceTimersByTime(10_000);
  watch.listen();
  vi.advanceTimersByTime(900);
  watch.rest();
  vi.advanceTimersByTime(10_000);
  watch.listen();
  vi.advanceTimersByTime(999);
  expect(reasonCode(watch)).toBe(null);
  vi.advanceTimersByTime(1);
  expect(reasonCode(watch)).toBe('STALLED');
});

test('the total time counts whoever is busy', () => {
  const watch = start({ totalMs: 5000 });
  vi.advanceTimersByTime(4000);
  expect([reasonCode(watch), watch.remainingMs()]).toEqual([null, 1000]);
  vi.advanceTimersByTime(1000);
  expect(reasonCode(watch)).toBe('TOO_SLOW');
});

test('limits longer than a timer can be are no limit for now, instead of none at all', () => {
  const watch = start({ totalMs: 1e12, idleMs: Infinity });
  watch.listen();
  vi.advanceTimersByTime(24 * 3600_000);
  expect(watch.signal.aborted).toBe(false);
  watch.stop();
});

test('the reason of the caller comes first and stays', () => {
  const stop = new AbortController();
  const watch = start({ totalMs: 5000 }, stop.signal);
  stop.abort('cancelled');
  vi.advanceTimersByTime(10_000);
  expect(watch.signal.reason).toBe('cancelled');
});

test('a watch that is stopped leaves no timer behind', () => {
  const watch = start();
  watch.listen();
  watch.stop();
  expect(vi.getTimerCount()).toBe(0);
});
