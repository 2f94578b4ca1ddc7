/** Adds up where time goes, in milliseconds a step. Steps may overlap, so that their sum exceeds the whole. */
export class StepTimes<Step extends string> {
  readonly #ms = new Map<Step, number>();

  async time<T>(step: Step, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await work();
    } finally {
      this.add(step, performance.now() - started);
    }
  }

  add(step: Step, ms: number): void {
    this.#ms.set(step, (this.#ms.get(step) ?? 0) + ms);
  }

  /** The items as they are, with the time spent on waiting for each of them. */
  async *watch<T>(step: Step, items: AsyncIterable<T>): AsyncGenerator<T> {
    const iterator = items[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await this.time(step, () => iterator.next());
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }

  /** Whole milliseconds of the steps that took any. */
  toJson(): Partial<Record<Step, number>> {
    const rounded: Partial<Record<Step, number>> = {};
    for (const [step, ms] of this.#ms) rounded[step] = Math.round(ms);
    return rounded;
  }
}
