/** Values that nobody took, of too many things: whoever was to take them is gone, or far too slow. */
export class LatestOverflowError extends Error {
  constructor() {
    super('Too many values wait for whoever should take them.');
    this.name = 'LatestOverflowError';
  }
}

type Take<Value> = (result: IteratorResult<Value, undefined>) => void;

/**
 * What happens to things, for one reader who may be slow: of each thing, by its key, only the newest value waits. So
 * a reader misses what came in between, never the last, and memory holds one value a thing. What has waited longest
 * comes first.
 */
export class Latest<Value> implements AsyncIterableIterator<Value, undefined> {
  readonly #waiting = new Map<string, Value>();
  readonly #takers: Take<Value>[] = [];
  readonly #most: number;
  #ended = false;
  #failure: Error | null = null;

  /** With values of more than `most` things waiting it fails. */
  constructor(most = Infinity) {
    this.#most = most;
  }

  put(key: string, value: Value): void {
    if (this.#ended) return;
    const take = this.#takers.shift();
    if (take) return take({ done: false, value });
    this.#waiting.set(key, value);
    if (this.#waiting.size <= this.#most) return;
    this.#waiting.clear();
    this.#failure = new LatestOverflowError();
    this.end();
  }

  /** What waits can still be taken; then it is over. */
  end(): void {
    this.#ended = true;
    for (const take of this.#takers.splice(0)) take({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<Value, undefined>> {
    for (const [key, value] of this.#waiting) {
      this.#waiting.delete(key);
      return Promise.resolve({ done: false, value });
    }
    const failure = this.#failure;
    this.#failure = null;
    if (failure) return Promise.reject(failure);
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((take) => this.#takers.push(take));
  }

  /** The reader has enough: what waits is dropped. */
  async return(): Promise<IteratorResult<Value, undefined>> {
    this.#waiting.clear();
    this.end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
