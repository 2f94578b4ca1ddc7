import type { Format } from '#lib/format/format.svelte.ts';
import { valueWords } from '#lib/features/catalogue/value-words.ts';
import { feedLanguageOf, preferTexts } from '#lib/features/marketplace-product/product.ts';
import { feedLanguages, feedName } from '#lib/features/import/feed-words.ts';
import { newestFirst, type JobState } from '#lib/features/import/job-fold.svelte.ts';
import { finishedStatuses } from '#lib/features/import/job-status.ts';
import { goneMeans, shrankWords } from '#lib/features/import/missing-words.ts';
import { refusalWords } from '#lib/features/import/refusal-words.ts';
import { m } from '#lib/paraglide/messages.js';
import { countWords } from './count.ts';
import type { DriftedProduct, StoreOverview } from './store-overview.svelte.ts';

/** Something of a store that somebody should look at. */
export interface Look {
  readonly key: string;
  readonly kind: 'failed' | 'leftOut' | 'asking' | 'drift' | 'gone' | 'soldOut';
  readonly title: string;
  readonly text: string;
  /** When it came about; null where that is not known. */
  readonly at: string | null;
  readonly action: string;
  /** For who does not see what the action is about. */
  readonly about: string;
  readonly href: string;
  /** The import that asks. */
  readonly job: JobState | null;
}

interface Place {
  readonly format: Format;
  readonly jobHref: (id: string) => string;
  /** The address of a page of the store, with its query. */
  readonly href: (page: string) => string;
}

/** What went wrong last in each language, of these imports, newest first: one that failed or left rows out. */
function looksOfImports(jobs: readonly JobState[], { format, jobHref }: Place): Look[] {
  const finished = jobs.filter(({ status }) => finishedStatuses.includes(status));
  const latest = feedLanguages.flatMap((of) => finished.find(({ language }) => language === of) ?? []);
  return latest
    .filter(({ status }) => status === 'FAILED' || status === 'COMPLETED_WITH_ERRORS')
    .map((job) => {
      const failed = job.status === 'FAILED';
      const feed = feedName[job.language]();
      return {
        key: job.id,
        kind: failed ? 'failed' : 'leftOut',
        title: failed
          ? m.dashboard_failed({ feed })
          : m.dashboard_left_out_of({ ...format.counted(job.errorCount), feed }),
        text: job.failure ? refusalWords(job.failure.code, job.failure.message) : m.dashboard_fix(),
        at: job.completedAt ?? job.createdAt,
        action: failed ? m.ui_open() : m.dashboard_see_errors(),
        about: feed,
        href: jobHref(job.id),
        job: null,
      };
    });
}

/** Imports that ask whether products are really gone. */
const looksOfQuestions = (jobs: readonly JobState[], { format, jobHref }: Place): Look[] =>
  jobs.map((job) => ({
    key: `asking ${job.id}`,
    kind: 'asking',
    title: shrankWords(job, format),
    text: m.dashboard_asking(),
    at: job.completedAt,
    action: m.ui_open(),
    about: feedName[job.language](),
    href: jobHref(job.id),
    job,
  }));

/** "Mullerthal Trails: the feed said €24.90, now €26.90; yours is €22.50." */
function driftWords({ currency, drift, marketplaceProduct }: DriftedProduct, format: Format): string {
  const [first] = drift;
  const title = preferTexts(marketplaceProduct.translations, [feedLanguageOf[format.language]])?.title;
  if (!first || title === undefined) return '';
  const said = (value: string | null) =>
    value === null ? m.ui_none() : valueWords(first.field, value, currency, format);
  return m.dashboard_drift_example({
    ...{ title, then: said(first.feedThen), now: said(first.feedNow), own: said(first.own) },
  });
}

function looksOfCatalogue(overview: StoreOverview, { format, href }: Place): Look[] {
  const { catalogue, drifted, soldOut, goneFromFeed } = overview;
  const look = (
    kind: Look['kind'],
    count: number,
    words: Pick<Look, 'title' | 'text' | 'action' | 'href'>,
  ) => (count === 0 ? [] : [{ ...words, key: kind, kind, at: null, about: words.title, job: null }]);
  return [
    ...look('drift', catalogue?.drifted ?? 0, {
      title: m.dashboard_drift(format.counted(catalogue?.drifted ?? 0)),
      text: drifted ? driftWords(drifted, format) : '',
      action: m.dashboard_compare(),
      href: href('products?drifted=1'),
    }),
    ...look('gone', catalogue?.missing ?? 0, {
      title: m.dashboard_gone(format.counted(catalogue?.missing ?? 0)),
      text: goneMeans[goneFromFeed](),
      action: m.dashboard_see_products(),
      href: href('products?missing=1'),
    }),
    ...look('soldOut', soldOut?.count ?? 0, {
      title: m.dashboard_sold_out({
        n: soldOut?.count ?? 0,
        count: soldOut ? countWords(soldOut, format) : '',
      }),
      text: m.dashboard_sold_out_text(),
      action: m.dashboard_see_products(),
      href: href('products?availability=OUT_OF_STOCK&published=1'),
    }),
  ];
}

/** Everything that needs a look, what is broken first. */
export const looksOf = (
  jobs: readonly JobState[],
  overview: StoreOverview,
  place: Place,
): readonly Look[] => [
  ...looksOfQuestions(overview.asking, place),
  ...looksOfImports([...jobs, ...overview.ended].toSorted(newestFirst), place),
  ...looksOfCatalogue(overview, place),
];
