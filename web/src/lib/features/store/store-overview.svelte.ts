import { onNews } from '#lib/features/catalogue/news.svelte.ts';
import { asksOfMissing, type GoneFromFeed } from '#lib/features/import/missing-words.ts';
import type { ImportList } from '#lib/features/import/import-list.svelte.ts';
import type { JobState } from '#lib/features/import/job-fold.svelte.ts';
import { finishedStatuses, isJobActive } from '#lib/features/import/job-status.ts';
import {
  StoreNewestDocument,
  StoreOverviewDocument,
  StoreSoldOutDocument,
  type StoreNewestQuery,
  type StoreOverviewQuery,
} from '#lib/graphql/generated/graphql.ts';
import type { Problem } from '#lib/graphql/problem.ts';
import { useReading } from '#lib/graphql/reading.svelte.ts';
import type { Count } from './count.ts';
import type { StoreLife } from './store-life.svelte.ts';

export type CatalogueCounts = NonNullable<StoreOverviewQuery['store']>['catalogue'];
export type DriftedProduct = StoreOverviewQuery['drifted']['edges'][number]['node'];
export type NewProduct = StoreNewestQuery['products']['edges'][number]['node'];

/** What a store has, as its first page says it; each part is null until it is known. */
export interface StoreOverview {
  readonly productCount: number | null;
  readonly catalogue: CatalogueCounts | null;
  readonly goneFromFeed: GoneFromFeed;
  /** Products with own values. */
  readonly own: Count | null;
  /** Published products that cannot be bought. */
  readonly soldOut: Count | null;
  /** One of those of whose own values the feed has moved. */
  readonly drifted: DriftedProduct | null;
  readonly newest: readonly NewProduct[];
  /** Imports that wait for an answer about products that are gone. */
  readonly asking: readonly JobState[];
  /** The import of each language that ended last, whether or not it is among the latest ones. */
  readonly ended: readonly JobState[];
  /** True until what needs a look can be told. */
  readonly loading: boolean;
  /** Why nothing of it is known; null when it is, or may soon be. */
  readonly problem: Problem | null;
  /** Why a part is not known, so that there may be more that needs a look; null when it is, or may soon be. */
  readonly partProblem: Problem | null;
  /** Why some of it could not be read again, and is as it was before; null when it was. */
  readonly againProblem: Problem | null;
  again: () => void;
}

/**
 * Read once, and again when an import ends, what it brought is published, or a question is answered; to be called
 * while a component is set up.
 */
export function useStoreOverview(code: () => string, list: ImportList, life: StoreLife): StoreOverview {
  const overview = useReading(StoreOverviewDocument, () => ({
    code: code(),
    own: { storeCode: code(), overridden: true },
    drifted: { storeCode: code(), drifted: true },
    asking: { storeCode: code(), missingReview: 'HELD' as const },
    ofFrench: { storeCode: code(), language: 'FR' as const, status: finishedStatuses },
    ofEnglish: { storeCode: code(), language: 'EN' as const, status: finishedStatuses },
    ofGerman: { storeCode: code(), language: 'DE' as const, status: finishedStatuses },
  }));
  // Apart: of a large catalogue they take longer to count.
  const soldOut = useReading(StoreSoldOutDocument, () => ({
    filter: { storeCode: code(), published: true, availability: ['OUT_OF_STOCK' as const] },
  }));
  const newest = useReading(StoreNewestDocument, () => ({ filter: { storeCode: code() } }));
  const readings = [overview, soldOut, newest];
  const again = () => {
    for (const reading of readings) reading.again();
  };

  onNews(() => life.published, again);
  // What has ended, and what was answered of it.
  const ended = $derived(
    list.rows
      .filter(({ status }) => !isJobActive(status))
      .map(({ id, missing }) => `${id} ${missing?.review ?? ''}`)
      .join(),
  );
  let known: string | null = null;
  $effect(() => {
    if (list.loading) return;
    if (known !== null && known !== ended) again();
    known = ended;
  });

  const listed = (reading: {
    readonly data: { readonly products: { totalCount: number; totalCountExact: boolean } } | null;
  }) =>
    reading.data && { count: reading.data.products.totalCount, exact: reading.data.products.totalCountExact };
  return {
    get loading() {
      return overview.loading || soldOut.loading;
    },
    get productCount() {
      return overview.data?.store?.marketplaceProductCount ?? null;
    },
    get catalogue() {
      return overview.data?.store?.catalogue ?? null;
    },
    get goneFromFeed() {
      return overview.data?.store?.goneFromFeed ?? 'KEEP';
    },
    get own() {
      const own = overview.data?.own;
      return own ? { count: own.totalCount, exact: own.totalCountExact } : null;
    },
    get soldOut() {
      return listed(soldOut);
    },
    get drifted() {
      return overview.data?.drifted.edges[0]?.node ?? null;
    },
    get newest() {
      return newest.data?.products.edges.map(({ node }) => node) ?? [];
    },
    get asking() {
      const read = overview.data?.asking.edges.map(({ node }) => list.latest(node)) ?? [];
      const more = list.rows.filter((job) => !read.some(({ id }) => id === job.id));
      return [...read, ...more].filter(asksOfMissing);
    },
    get ended() {
      const { ofFrench, ofEnglish, ofGerman } = overview.data ?? {};
      return [ofFrench, ofEnglish, ofGerman].flatMap((jobs) =>
        (jobs?.edges ?? []).map(({ node }) => list.latest(node)),
      );
    },
    get problem() {
      return overview.data === null ? overview.problem : null;
    },
    get partProblem() {
      return soldOut.data === null ? soldOut.problem : null;
    },
    get againProblem() {
      return readings.find(({ data, problem }) => data !== null && problem !== null)?.problem ?? null;
    },
    again,
  };
}
