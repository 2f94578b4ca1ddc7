/** Where the time of an import goes. Steps of several connections overlap, so their sum may exceed the whole. */
export const timedSteps = [
  'download',
  'decode',
  'parse',
  'normalise',
  'prefetch',
  'copy',
  'merge',
  'commit',
  'waiting',
] as const;
export type TimedStep = (typeof timedSteps)[number];

/** Adds up the time of each step in milliseconds, at a cost that is small beside a batch. */
export class StepTimes {
  readonly #ms = new Map<TimedStep, number>();

  async time<T>(step: TimedStep, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await work();
    } finally {
      this.add(step, performance.now() - started);
    }
  }

  add(step: TimedStep, ms: number): void {
    this.#ms.set(step, (this.#ms.get(step) ?? 0) + ms);
  }

  /** The items as they are, with the time spent on waiting for each of them. */
  async *watch<T>(step: TimedStep, items: AsyncIterable<T>): AsyncGenerator<T> {
    const iterator = items[Symbol.asyncIterator]();
    try {
      for (;;) {
        const { done, value } = await this.time(step, () => iterator.next());
        if (done) return;
        yield value;
      }
    } finally {
      await iterator.return?.();
    }
  }

  /** Whole milliseconds of the steps that took any. */
  toJson(): Partial<Record<TimedStep, number>> {
    return Object.fromEntries([...this.#ms].map(([step, ms]) => [step, Math.round(ms)]));
  }
}
