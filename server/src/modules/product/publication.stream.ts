import type { PublicationJob } from '../../generated/prisma/client.ts';
import type { Liveness } from '../../graphql/viewer.ts';
import { Latest } from '../../shared/latest.ts';
import { canSeeStore } from '../store/store.policy.ts';
import { isOver } from './publication.record.ts';

/**
 * States of one job for one reader, newest first and last: a reader who is slow misses those in between. Over after
 * the job's last, or when the viewer may see it no more.
 */
export class PublicationStream implements AsyncIterableIterator<PublicationJob, undefined> {
  readonly #live: Liveness;
  readonly #onClose: (stream: PublicationStream) => void;
  readonly #states = new Latest<PublicationJob>();
  readonly #close = () => this.close();
  #revision = -1;
  #closed = false;

  constructor(live: Liveness, onClose: (stream: PublicationStream) => void) {
    this.#live = live;
    this.#onClose = onClose;
    live.ended.addEventListener('abort', this.#close);
  }

  /** Takes a state, in whatever order they come; false when the viewer may not see it. */
  offer(job: PublicationJob): boolean {
    if (this.#closed || !this.#maySee(job)) {
      this.close();
      return false;
    }
    if (job.revision > this.#revision) {
      this.#revision = job.revision;
      this.#states.put(job.id, job);
    }
    return true;
  }

  async next(): Promise<IteratorResult<PublicationJob, undefined>> {
    const state = await this.#states.next();
    if (state.done === true) return state;
    const shown = this.#maySee(state.value);
    if (!shown || isOver(state.value)) this.close();
    return shown ? state : { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<PublicationJob, undefined>> {
    this.close();
    return { done: true, value: undefined };
  }

  /** Over at once. Twice is once. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    void this.#states.return();
    this.#live.ended.removeEventListener('abort', this.#close);
    this.#onClose(this);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #maySee({ storeId }: PublicationJob): boolean {
    return canSeeStore(this.#live.current(), storeId);
  }
}
