import type { ImportHistoryQuery } from '#lib/graphql/generated/graphql.ts';
import type { Reading } from '#lib/graphql/reading.svelte.ts';
import { newestFirst, type JobFold, type JobState } from './job-fold.svelte.ts';

type Filter = (job: JobState) => boolean;
type ReadList = Pick<ImportHistoryQuery, 'importJobs' | 'active'>;

/**
 * Whether the list that a page of was read had this import then, on this page or another; null when that cannot be
 * told. `isListed` is the filter of the list.
 */
export function wasListed(job: JobState, { importJobs, active }: ReadList, isListed: Filter): boolean | null {
  const rows = importJobs.edges.map(({ node }) => node);
  if (rows.some(({ id }) => id === job.id)) return true;
  // By its age it would have been a row.
  if (isWithin(job, rows, importJobs.pageInfo)) return false;
  const activeThen = active.edges.map(({ node }) => node);
  const then = activeThen.find(({ id }) => id === job.id);
  if (then) return isListed(then);
  // What has ended never runs again, so this one was not there yet. Only the newest of the active ones are read.
  const oldest = activeThen.at(-1);
  if (job.completedAt === null && (!oldest || newestFirst(job, oldest) < 0)) return false;
  return null;
}

/** True when an import of that age stands on the page. */
function isWithin(
  job: JobState,
  rows: readonly JobState[],
  { hasPreviousPage, hasNextPage }: ReadList['importJobs']['pageInfo'],
): boolean {
  const [first, last] = [rows[0], rows.at(-1)];
  return (
    (!hasPreviousPage || (first !== undefined && newestFirst(first, job) < 0)) &&
    (!hasNextPage || (last !== undefined && newestFirst(job, last) < 0))
  );
}

/** What came into a list since it was read: imports that began, and those that came to match its filter. */
export class ListNews {
  readonly #reading: Pick<Reading<ReadList>, 'data' | 'asking' | 'current'>;
  readonly #fold: JobFold;
  readonly #isListed: Filter;
  /** Heard of, and not yet compared with what was read. */
  readonly #heard = new Set<string>();
  #shown = $state.raw<readonly string[]>([]);
  /** Held back, so that nothing moves under the reader's eyes. */
  #held = $state.raw<readonly string[]>([]);
  /** Heard of since in a state that the filter leaves out. */
  readonly #leftOut = new Set<string>();

  constructor(
    reading: Pick<Reading<ReadList>, 'data' | 'asking' | 'current'>,
    fold: JobFold,
    isListed: Filter,
  ) {
    this.#reading = reading;
    this.#fold = fold;
    this.#isListed = isListed;
  }

  /** Ids of those that are in the list now. */
  get shown(): readonly string[] {
    return this.#shown;
  }
  get heldCount(): number {
    return this.#held.length;
  }
  get count(): number {
    return this.#shown.length + this.#held.length;
  }

  /** An import as it is now; `hold`: what is new stays out until `showHeld`. */
  take(job: JobState, hold: boolean): void {
    if (!this.#fold.take(job)) return;
    this.#heard.add(job.id);
    this.catchUp(hold);
  }

  /** Lets in what is new of all that was heard. While the list is being read that cannot be told yet. */
  catchUp(hold: boolean): void {
    const { data, asking, current } = this.#reading;
    if (data === null || asking || !current) return;
    for (const id of this.#heard) {
      const job = this.#fold.get(id);
      if (job) this.#place(job, data, hold);
    }
    this.#heard.clear();
  }

  showHeld(): void {
    this.#shown = [...this.#shown, ...this.#held];
    this.#held = [];
  }

  /** What was read anew has them. */
  forget(): void {
    this.#shown = [];
    this.#held = [];
    this.#leftOut.clear();
  }

  /** What is in the list keeps its place, whatever becomes of it. */
  #place(job: JobState, read: ReadList, hold: boolean): void {
    const { id } = job;
    if (!this.#isListed(job)) {
      this.#leftOut.add(id);
      if (this.#held.includes(id)) this.#held = this.#held.filter((held) => held !== id);
      return;
    }
    if (this.#shown.includes(id) || this.#held.includes(id)) return;
    // Where it cannot be told, it is an old one of another page that changed.
    if (wasListed(job, read, this.#isListed) ?? !this.#leftOut.has(id)) return;
    if (hold) this.#held = [...this.#held, id];
    else this.#shown = [...this.#shown, id];
  }
}
