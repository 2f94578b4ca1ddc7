import { LRUCache } from 'lru-cache';

/** So many jobs are remembered; a job that is forgotten is only told of once more. */
const mostJobs = 10_000;

/** Which states of jobs were seen: the newest of each, by its revision. */
export class SeenRevisions {
  /** Those that have been silent for longest go first: asking is no use of one. */
  readonly #revisions = new LRUCache<string, number>({ max: mostJobs });

  /** True when this state, or one after it, was seen. */
  has({ id, revision }: { readonly id: string; readonly revision: number }): boolean {
    return (this.#revisions.peek(id) ?? -1) >= revision;
  }

  /** Remembers the state; false when it was seen, or one after it. */
  add(job: { readonly id: string; readonly revision: number }): boolean {
    if (this.has(job)) return false;
    this.#revisions.set(job.id, job.revision);
    return true;
  }
}
