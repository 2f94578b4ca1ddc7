// @module-tag shared
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { repeat } from './repeat.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('work is done at once and at every interval, one run at a time, whatever fails', async () => {
  const runs: PromiseWithResolvers<void>[] = [];
  const faults: unknown[] = [];
  const begin = () => runs[runs.push(Promise.withResolvers<void>()) - 1]?.promise ?? Promise.resolve();
  const repetition = repeat(1_000, begin, (fault) => faults.push(fault));
  expect(runs).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(runs).toHaveLength(1);
  runs[0]?.reject('a fault');
  await vi.advanceTimersByTimeAsync(1_000);
  expect([runs.length, faults]).toEqual([2, ['a fault']]);
  runs[1]?.resolve();
  await repetition.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(runs).toHaveLength(2);
});

test('the end is told to the run under way, and waits for it', async () => {
  const run = Promise.withResolvers<void>();
  let told: AbortSignal | undefined;
  const repetition = repeat(
    1_000,
    (signal) => ((told = signal), run.promise),
    () => undefined,
  );
  let stopped = false;
  const stopping = repetition.stop().then(() => (stopped = true));
  expect(told?.aborted).toBe(true);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(stopped).toBe(false);
  run.resolve();
  await stopping;
});
