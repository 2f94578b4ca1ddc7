/** So many jobs are remembered; a job that is forgotten is only told of once more. */
const mostJobs = 10_000;

/** Which states of jobs were seen: the newest of each, by its revision. */
export class SeenRevisions {
  readonly #revisions = new Map<string, number>();

  /** True when this state, or one after it, was seen. */
  has({ id, revision }: { readonly id: string; readonly revision: number }): boolean {
    return (this.#revisions.get(id) ?? -1) >= revision;
  }

  /** Remembers the state; false when it was seen, or one after it. */
  add(job: { readonly id: string; readonly revision: number }): boolean {
    if (this.has(job)) return false;
    // Put at the end, so that those that have been silent for longest come first.
    this.#revisions.delete(job.id);
    this.#revisions.set(job.id, job.revision);
    for (const id of this.#revisions.keys()) {
      if (this.#revisions.size <= mostJobs) break;
      this.#revisions.delete(id);
    }
    return true;
  }
}
