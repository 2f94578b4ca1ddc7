import { createHash } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import { LRUCache } from 'lru-cache';

/** An answer that is the same for everybody. */
export interface SharedAnswer {
  readonly result: ExecutionResult & { readonly stringify: () => string };
  /** Changes with the answer. */
  readonly etag: string;
}

interface Kept extends SharedAnswer {
  /** Ids of the records that it is made of. */
  readonly sources: ReadonlySet<string>;
  /** When it began to be made, on the count of changes. */
  readonly since: number;
  readonly size: number;
}

/** What `make` gives: a result, and the ids of the records that it is made of. */
interface Made {
  readonly result: ExecutionResult;
  readonly sources: ReadonlySet<string>;
}

/** Longest time for which a change that nobody told of stays unseen. */
const usualAgeMs = 20_000;
/** As JSON; as objects they take a few times as much. */
const largestAnswer = 500_000;
const largestSum = 16_000_000;
const mostAnswers = 5_000;
const longestKey = 20_000;
/** So many changes are told apart within an answer's life; with more the answers that might be old go all together. */
const mostChanges = 10_000;

/**
 * Answers for everybody, kept for a short while within bounds, until one of the records that they are made of changes.
 * What several ask for at the same time is made once.
 */
export class SharedAnswers {
  readonly #kept: LRUCache<string, Kept>;
  /** When records changed last, as far as answers are left that may be older. */
  readonly #changes: LRUCache<string, number>;
  readonly #making = new Map<string, Promise<SharedAnswer | null>>();
  #count = 0;
  /** What began to be made before is old, whatever it is made of. */
  #oldest = 0;
  readonly #now: () => number;

  constructor({ ageMs = usualAgeMs, now = () => performance.now() } = {}) {
    this.#now = now;
    // Ages are looked at when an answer is asked for, not by timers.
    const common = { ttl: ageMs, ttlResolution: 0, perf: { now } };
    this.#kept = new LRUCache({
      ...{ ...common, max: mostAnswers, maxSize: largestSum, maxEntrySize: largestAnswer },
      sizeCalculation: ({ size }) => size,
    });
    this.#changes = new LRUCache({ ...common, max: mostChanges, dispose: this.#forget.bind(this) });
  }

  /** Answers that are kept. */
  get size(): number {
    return this.#kept.size;
  }

  /**
   * The answer that is kept for the key, else what `make` gives; one that is too large is not kept. Null when it is
   * nobody's but the caller's: with errors or of nothing, or for a key that is too long; then it has to be made by
   * whoever wants it.
   */
  async answer(key: string, make: () => Promise<Made>): Promise<SharedAnswer | null> {
    const kept = this.#kept.get(key);
    if (kept && this.#isNew(kept)) return kept;
    if (key.length > longestKey) return null;
    const others = this.#making.get(key);
    // What fails is for whoever began it to tell.
    if (others) return others.catch(() => null);
    const making = this.#make(key, make);
    this.#making.set(key, making);
    try {
      return await making;
    } finally {
      if (this.#making.get(key) === making) this.#making.delete(key);
    }
  }

  /** The record of that id has changed: no answer that it is in is given any more. */
  outdate(id: string): void {
    this.#changes.set(id, ++this.#count);
    // Whoever asks from now on does not want what is being made.
    this.#making.clear();
  }

  /** None that is kept now is given any more. */
  outdateAll(): void {
    this.#kept.clear();
    this.#oldest = ++this.#count;
    this.#making.clear();
  }

  async #make(key: string, make: () => Promise<Made>): Promise<SharedAnswer | null> {
    const since = this.#count;
    const start = this.#now();
    const { result, sources } = await make();
    if (result.errors || sources.size === 0) return null;
    const body = JSON.stringify(result);
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    const size = body.length + key.length;
    const answer: Kept = { result: { ...result, stringify: () => body }, etag, sources, since, size };
    // Old by when it began: no change since then is forgotten before it is.
    if (this.#isNew(answer)) this.#kept.set(key, answer, { start });
    return answer;
  }

  #isNew({ sources, since }: Kept): boolean {
    if (since < this.#oldest) return false;
    return [...sources].every((id) => (this.#changes.get(id) ?? 0) <= since);
  }

  #forget(count: number, _id: string, reason: LRUCache.DisposeReason): void {
    if (reason === 'evict') this.#oldest = Math.max(this.#oldest, count);
  }
}
