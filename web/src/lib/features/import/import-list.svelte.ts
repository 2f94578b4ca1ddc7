import { useApi } from '#lib/graphql/api.svelte.ts';
import {
  ImportHistoryDocument,
  ImportJobProgressDocument,
  ImportJobsChangedDocument,
  type ImportHistoryQuery,
  type ImportJobFilter,
  type SomeImportsFragment,
} from '#lib/graphql/generated/graphql.ts';
import { useReading, type Reading } from '#lib/graphql/reading.svelte.ts';
import { untrack } from 'svelte';
import { JobFold, newestFirst, type JobState } from './job-fold.svelte.ts';
import { activeStatuses, endedStatuses, isJobActive } from './job-status.ts';
import { ListNews } from './list-news.svelte.ts';

export interface ListPlace {
  readonly after?: string | null;
  readonly before?: string | null;
}

interface Wanted {
  /** null: of all stores that the viewer may see. */
  readonly storeCode: string | null;
  /** Of these alone, besides the store. */
  readonly filter?: Omit<ImportJobFilter, 'storeCode'>;
  /** Which imports are told of live; those that the filter leaves in when it is not given. */
  readonly isListed?: (job: JobState) => boolean;
  /** Which page of the list; the first when it is not given. */
  readonly place?: ListPlace;
  /** How many a page has; ten when it is not given. */
  readonly size?: number;
}

const pageSize = 10;

/** A list of imports that moves by itself: read once, then told by events. */
export class ImportList {
  readonly #reading: Reading<ImportHistoryQuery>;
  readonly #fold: JobFold;
  readonly #isListed: (job: JobState) => boolean;
  readonly #isFirstPage: () => boolean;
  readonly #size: () => number;
  readonly #news: ListNews;

  constructor(
    reading: Reading<ImportHistoryQuery>,
    fold: JobFold,
    isListed: (job: JobState) => boolean,
    isFirstPage: () => boolean,
    size: () => number = () => pageSize,
  ) {
    this.#reading = reading;
    this.#fold = fold;
    this.#isListed = isListed;
    this.#isFirstPage = isFirstPage;
    this.#size = size;
    this.#news = new ListNews(reading, fold, isListed);
  }

  get loading() {
    // That another filter lets nothing through says nothing of this one.
    const isOther = !this.#reading.current && this.problem === null && this.rows.length === 0;
    return this.#reading.loading || isOther;
  }
  get problem() {
    // What was found before says nothing of another filter.
    return this.#reading.current ? null : this.#reading.problem;
  }
  /** Why this list could not be read again, and is as it was before; null when it was. */
  get againProblem() {
    return this.#reading.current ? this.#reading.problem : null;
  }
  /** Nothing was ever imported, as far as this list goes. */
  get empty(): boolean {
    return this.#reading.data !== null && this.rows.length === 0;
  }
  get pageInfo() {
    const data = this.#reading.data;
    if (data === null) return null;
    const { edges, pageInfo } = data.importJobs;
    const last = edges.findLast(({ node }) => this.rows.some(({ id }) => id === node.id));
    if (last === edges.at(-1)) return pageInfo;
    // What new ones have pushed off the page is on the next one.
    return { ...pageInfo, hasNextPage: true, endCursor: last?.cursor ?? null };
  }
  /** None of what was read has its place on the page any more: it is time to read it again. */
  get outgrown(): boolean {
    return this.#isFirstPage() && this.#news.shown.length >= this.#size();
  }
  /** With those that came since; null until it is known. */
  get totalCount(): number | null {
    const data = this.problem === null ? this.#reading.data : null;
    return data === null ? null : data.importJobs.totalCount + this.#news.count;
  }
  get totalCountExact(): boolean {
    return this.#reading.data?.importJobs.totalCountExact ?? true;
  }
  /** How many new ones are waiting to be shown. */
  get heldCount(): number {
    return this.#news.heldCount;
  }
  /** True of the page that new ones enter; on any other they are held back. */
  get firstPage(): boolean {
    return this.#isFirstPage();
  }

  /** The page that is shown. A row keeps its place while it changes. */
  get rows(): readonly JobState[] {
    const read = (this.#reading.data?.importJobs.edges ?? []).map(({ node }) => this.#fold.latest(node));
    if (!this.#isFirstPage()) return read;
    const readIds = new Set(read.map(({ id }) => id));
    const added = this.#news.shown.flatMap((id) => (readIds.has(id) ? [] : (this.#fold.get(id) ?? [])));
    return [...added.toSorted(newestFirst), ...read].slice(0, this.#size());
  }

  /** Those that wait or run, whatever page is shown: the running one first, then by their turn. */
  get active(): readonly JobState[] {
    return this.#known(this.#reading.data?.active)
      .filter((job) => isJobActive(job.status))
      .toSorted((one, other) => runningFirst(one, other) || -newestFirst(one, other));
  }
  /** The newest of those that have ended, whatever page is shown. */
  get lastEnded(): JobState | null {
    const { active, ended } = this.#reading.data ?? {};
    const known = this.#known(active, ended).filter((job) => !isJobActive(job.status));
    return known.toSorted(newestFirst)[0] ?? null;
  }
  /** An import that was read elsewhere, as it is now. */
  latest = (job: JobState): JobState => this.#fold.latest(job);
  /** When something was heard of an import last, as `performance.now()` counts. */
  heardAt = (id: string): number | null => this.#fold.heardAt(id);

  again = (): void => {
    this.#reading.again();
  };

  /** What was read of these parts, and what events have told, as it is now. */
  #known(...parts: readonly (SomeImportsFragment | undefined)[]): readonly JobState[] {
    const read = parts.flatMap((part) => part?.edges ?? []);
    const jobs = [...read.map(({ node }) => node), ...this.#fold.all];
    const byId = new Map(jobs.map((job) => [job.id, this.#fold.latest(job)]));
    return [...byId.values()].filter((job) => this.#isListed(job));
  }

  showHeld = (): void => {
    this.#news.showHeld();
  };

  /** An import that the viewer asked for, or that an event told of; `hold`: the list is being read. */
  take(job: JobState, hold = false): void {
    this.#news.take(job, hold || !this.#isFirstPage());
  }
  /** Lets in what was heard while the list was read. */
  catchUp(hold: boolean): void {
    this.#news.catchUp(hold || !this.#isFirstPage());
  }
  /** What was read anew has them. */
  forgetNews(): void {
    this.#news.forget();
  }
}

const runningFirst = (one: JobState, other: JobState) =>
  Number(other.status === 'PROCESSING') - Number(one.status === 'PROCESSING');

/**
 * The imports that are wanted, kept up to date by events; to be called while a component is set up. `isBusy`
 * says that the list is scrolled or has the focus: new ones wait then.
 */
export function useImportList(wanted: () => Wanted, isBusy: () => boolean = () => false): ImportList {
  const api = useApi();
  const fold = new JobFold();
  const reading = useReading(ImportHistoryDocument, () => {
    const { storeCode, filter = {}, place = {}, size = pageSize } = wanted();
    const all = { ...filter, storeCode };
    return {
      filter: all,
      active: { ...all, status: activeStatuses },
      ended: { ...all, status: endedStatuses },
      ...(place.before ? { last: size, before: place.before } : { first: size }),
      ...(place.after && !place.before ? { after: place.after } : {}),
    };
  });
  const list = new ImportList(
    reading,
    fold,
    (job) => wanted().isListed?.(job) ?? true,
    () => !wanted().place?.after && !wanted().place?.before,
    () => wanted().size ?? pageSize,
  );

  // Watches the imports, and what those that run were at while nobody watched yet.
  $effect(() => {
    const { storeCode } = wanted();
    return api.watch(ImportJobsChangedDocument, { storeCode }, ({ importJobsChanged }) =>
      untrack(() => list.take(importJobsChanged, isBusy())),
    );
  });
  $effect(() => {
    const read = reading.data?.active.edges ?? [];
    untrack(() => list.forgetNews());
    // Also those that were active when the link was lost: no event tells of an end that came meanwhile.
    const active = [...read.map(({ node }) => node), ...untrack(() => list.active)];
    const ends = [...new Set(active.map(({ id }) => id))].map((id) => {
      const end = api.watch(ImportJobProgressDocument, { id }, ({ importJobProgress }) => {
        untrack(() => list.take(importJobProgress, isBusy()));
        // Its first event is the state now; from then on it is told of with the others.
        queueMicrotask(() => end());
      });
      return end;
    });
    return () => ends.forEach((end) => end());
  });
  // Lets in what the socket told while the list was asked for.
  $effect(() => {
    if (!reading.asking) untrack(() => list.catchUp(isBusy()));
  });
  $effect(() => {
    if (list.outgrown) untrack(() => reading.again());
  });
  // A link that was lost has missed something: what came meanwhile is read once.
  const back = $derived(api.connection.backAt?.getTime() ?? 0);
  const mountedAt = Date.now();
  $effect(() => {
    if (back > mountedAt) untrack(() => reading.again());
  });
  $effect(() => () => fold.stop());
  return list;
}
