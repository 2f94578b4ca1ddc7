import { Latest } from '../../shared/latest.ts';
import type { Liveness, Viewer } from '../../graphql/viewer.ts';
import { canSeeStore } from '../store/store.policy.ts';
import type { StatsRecord, StatsScope } from './stats.record.ts';

const maySee = (viewer: Viewer | null, { storeId }: StatsScope): boolean =>
  storeId === null ? (viewer?.platformAdmin ?? false) : canSeeStore(viewer, storeId);

/**
 * Figures of a scope for one reader, the newest of them: a reader who is slow misses what came before. Over when the
 * session has ended, or the viewer may see them no more.
 */
export class StatsStream implements AsyncIterableIterator<StatsRecord, undefined> {
  readonly #scope: StatsScope;
  readonly #live: Liveness;
  readonly #onClose: (stream: StatsStream) => void;
  readonly #records = new Latest<StatsRecord>();
  readonly #close = () => this.close();
  #closed = false;

  constructor(scope: StatsScope, live: Liveness, onClose: (stream: StatsStream) => void) {
    this.#scope = scope;
    this.#live = live;
    this.#onClose = onClose;
    live.ended.addEventListener('abort', this.#close);
  }

  offer(record: StatsRecord): void {
    if (!maySee(this.#live.current(), this.#scope)) return this.close();
    this.#records.put('stats', record);
  }

  async next(): Promise<IteratorResult<StatsRecord, undefined>> {
    const record = await this.#records.next();
    if (record.done === true || maySee(this.#live.current(), this.#scope)) return record;
    return this.return();
  }

  async return(): Promise<IteratorResult<StatsRecord, undefined>> {
    this.close();
    return { done: true, value: undefined };
  }

  /** Over at once. Twice is once. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    void this.#records.return();
    this.#live.ended.removeEventListener('abort', this.#close);
    this.#onClose(this);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
