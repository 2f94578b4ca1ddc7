export interface Repetition {
  /** No further run begins; resolves when the one under way is over. */
  stop(): Promise<void>;
}

/**
 * Runs the work now and at every interval, one run at a time; one that takes longer is not followed by those that it
 * missed. The signal is aborted when it is to come to an end. Keeps no process alive.
 */
export function repeat(
  intervalMs: number,
  work: (signal: AbortSignal) => Promise<unknown>,
  onError: (error: unknown) => void,
): Repetition {
  const stopping = new AbortController();
  let running: Promise<unknown> | null = null;
  const run = () => {
    running ??= work(stopping.signal)
      .catch(onError)
      .finally(() => (running = null));
  };
  const timer = setInterval(run, intervalMs).unref();
  run();
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
