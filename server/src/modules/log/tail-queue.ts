import type { LogEntry } from '../../generated/prisma/client.ts';
import { levelNumbers } from './log.levels.ts';

/** Ids that are remembered, so that an entry that was read and heard comes once. */
const rememberedIds = 2_000;
const done = { done: true, value: undefined } as const;

/**
 * Entries for one subscriber, until it returns: first what `begin` is given, then what is added, each once. The
 * oldest of too many are dropped, and an entry in their place says how many.
 */
export class TailQueue implements AsyncIterableIterator<LogEntry, void> {
  readonly #capacity: number;
  readonly #seen = new Set<bigint>();
  readonly #readers: ((result: IteratorResult<LogEntry, void>) => void)[] = [];
  readonly #endings: (() => void)[] = [];
  #waiting: LogEntry[] = [];
  #begun = false;
  #ended = false;
  /** Left out, and no entry says so yet. */
  #missed = 0;
  #notes = 0n;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** What comes first; what was added before comes behind it. */
  begin(entries: readonly LogEntry[]): void {
    const added = this.#waiting;
    this.#waiting = [];
    this.#begun = true;
    for (const { id } of added) this.#seen.delete(id);
    this.add(entries);
    this.add(added);
  }

  add(entries: readonly LogEntry[]): void {
    if (this.#ended) return;
    for (const entry of entries) if (this.#isNew(entry.id)) this.#waiting.push(entry);
    const excess = this.#waiting.length - this.#capacity;
    if (excess > 0) {
      this.#waiting.splice(0, excess);
      this.#missed += excess;
    }
    this.#serve();
  }

  onEnd(callback: () => void): void {
    this.#endings.push(callback);
  }

  next(): Promise<IteratorResult<LogEntry, void>> {
    if (this.#ended) return Promise.resolve(done);
    const { promise, resolve } = Promise.withResolvers<IteratorResult<LogEntry, void>>();
    this.#readers.push(resolve);
    this.#serve();
    return promise;
  }

  return(): Promise<IteratorResult<LogEntry, void>> {
    if (!this.#ended) {
      this.#ended = true;
      this.#waiting = [];
      for (const settle of this.#readers.splice(0)) settle(done);
      for (const callback of this.#endings) callback();
    }
    return Promise.resolve(done);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #isNew(id: bigint): boolean {
    if (this.#seen.has(id)) return false;
    this.#seen.add(id);
    const [oldest] = this.#seen;
    if (this.#seen.size > rememberedIds && oldest !== undefined) this.#seen.delete(oldest);
    return true;
  }

  #serve(): void {
    while (this.#begun && this.#readers.length > 0 && this.#waiting.length > 0) {
      const value = this.#missed > 0 ? this.#noteMissed() : this.#waiting.shift();
      if (value) this.#readers.shift()?.({ done: false, value });
    }
  }

  #noteMissed(): LogEntry {
    const message = `${this.#missed} entries are left out here: they came faster than they were read.`;
    this.#missed = 0;
    // No entry that is stored has such an id.
    this.#notes -= 1n;
    const none = { requestId: null, jobId: null, storeId: null, fields: null };
    return {
      id: this.#notes,
      at: this.#waiting[0]?.at ?? new Date(),
      level: levelNumbers.WARN,
      message,
      node: '',
      ...none,
    };
  }
}
