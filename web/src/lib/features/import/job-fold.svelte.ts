import type { ImportJobStateFragment } from '#lib/graphql/generated/graphql.ts';

export type JobState = ImportJobStateFragment;

const pauseMs = 250;

/**
 * Imports as the latest event or reading has them, whichever came last: what is older by its revision is dropped.
 * Figures are drawn at most four times a second, a change of the status at once. `stop` belongs into the end of
 * the component that made it.
 */
export class JobFold {
  /** As they are known. What is drawn follows. */
  readonly #known = new Map<string, JobState>();
  readonly #heardAt = new Map<string, number>();
  #shown = $state.raw<ReadonlyMap<string, JobState>>(new Map());
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** False when something newer is known already. */
  take(job: JobState): boolean {
    const known = this.#known.get(job.id);
    if (known && known.revision > job.revision) return false;
    this.#known.set(job.id, job);
    // A sign of life, by this computer's clock: two clocks need not agree.
    if (known?.lastSignAt !== job.lastSignAt || known?.revision !== job.revision) {
      this.#heardAt.set(job.id, performance.now());
    }
    if (known?.status !== job.status) this.#draw();
    else this.#timer ??= setTimeout(() => this.#draw(), pauseMs);
    return true;
  }

  /** null for an import that nothing was heard of. */
  get(id: string): JobState | null {
    return this.#shown.get(id) ?? null;
  }
  /** The import as it is now, where what was read may be old. */
  latest(job: JobState): JobState {
    const shown = this.#shown.get(job.id);
    return shown && shown.revision >= job.revision ? shown : job;
  }
  /** All of them, newest first. */
  get all(): readonly JobState[] {
    return [...this.#shown.values()].toSorted(newestFirst);
  }
  /** When something new was heard of an import last, as `performance.now()` counts. */
  heardAt(id: string): number | null {
    return this.#heardAt.get(id) ?? null;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#shown = new Map(this.#known);
  }
}

/** Newest first, as the API has them. */
export const newestFirst = (one: JobState, other: JobState) =>
  Date.parse(other.createdAt) - Date.parse(one.createdAt) || (one.id < other.id ? 1 : -1);
