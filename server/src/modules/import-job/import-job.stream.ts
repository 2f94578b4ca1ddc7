import type { Liveness, Viewer } from '../../graphql/viewer.ts';
import { Latest } from '../../shared/latest.ts';
import { canSeeStore } from '../store/store.policy.ts';
import type { WatchedJob } from './import-job.record.ts';
import { hasEnded } from './import-job.state.ts';

interface Options {
  /** Of one job: over when that has ended, or may be seen no more. */
  readonly onlyOne: boolean;
  readonly onClose: () => void;
}

/** So many jobs may change while one reader does not read. */
const mostJobs = 10_000;

/**
 * States of jobs for one reader, each of them checked against what the viewer may see when it is given out. A reader
 * who is slow misses states in between, never the last of a job.
 */
export class JobStream implements AsyncIterableIterator<WatchedJob, undefined> {
  readonly #live: Liveness;
  readonly #options: Options;
  readonly #states = new Latest<WatchedJob>(mostJobs);
  readonly #close = () => this.close();
  #revision = -1;
  #closed = false;

  constructor(live: Liveness, options: Options) {
    this.#live = live;
    this.#options = options;
    live.ended.addEventListener('abort', this.#close);
  }

  /** Null once the session has ended. */
  get viewer(): Viewer | null {
    return this.#live.current();
  }

  /** Takes a state that the viewer may see; false for others. The states of one job may come in any order. */
  offer(job: WatchedJob): boolean {
    if (this.#closed || !this.#maySee(job)) {
      if (this.#options.onlyOne) this.close();
      return false;
    }
    if (this.#options.onlyOne && job.revision <= this.#revision) return true;
    this.#revision = job.revision;
    this.#states.put(job.id, job);
    return true;
  }

  next(): Promise<IteratorResult<WatchedJob, undefined>> {
    return this.#states.next().then(
      (state) => this.#show(state) ?? this.next(),
      (error: unknown) => {
        this.close();
        throw error;
      },
    );
  }

  async return(): Promise<IteratorResult<WatchedJob, undefined>> {
    this.close();
    return { done: true, value: undefined };
  }

  /** Over at once. Twice is once. */
  close(): void {
    void this.#states.return();
    this.#live.ended.removeEventListener('abort', this.#close);
    if (this.#closed) return;
    this.#closed = true;
    this.#options.onClose();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Null for what the viewer may not see, which others may follow. */
  #show(state: IteratorResult<WatchedJob, undefined>): IteratorResult<WatchedJob, undefined> | null {
    const { onlyOne } = this.#options;
    const last = state.done === true || (onlyOne && hasEnded(state.value.status));
    const shown = state.done !== true && this.#maySee(state.value);
    if (last || (!shown && onlyOne)) this.close();
    if (shown) return state;
    return this.#closed ? { done: true, value: undefined } : null;
  }

  #maySee({ storeId }: WatchedJob): boolean {
    return canSeeStore(this.#live.current(), storeId);
  }
}
