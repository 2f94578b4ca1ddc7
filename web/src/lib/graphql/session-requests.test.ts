// @module-tag web
import { expect, onTestFinished, test, vi } from 'vitest';
import { askLogout, askRefresh } from './session-requests.ts';

test.each([
  ['a new token', askRefresh],
  ['the end of the session', askLogout],
])('a server that never answers when it is asked for %s is not waited for for ever', async (_what, ask) => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  // As `fetch` does it on a line that is dead and does not know it.
  vi.stubGlobal(
    'fetch',
    (_url: string, { signal }: RequestInit = {}) =>
      new Promise((_resolve, reject) =>
        signal?.addEventListener('abort', () => reject(new Error('Given up.'))),
      ),
  );
  onTestFinished(() => void vi.unstubAllGlobals());
  const outcome = ask().then(
    () => 'answered',
    () => 'given up',
  );
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await Promise.race([outcome, Promise.resolve('still waiting')])).toBe('given up');
});
