import type { ImportJobFilter, ImportJobStateFragment } from '#lib/graphql/generated/graphql.ts';
import type { FeedLanguage } from '#lib/features/import/feed-words.ts';
import type { JobStatus } from '#lib/features/import/job-status.ts';

const languages: readonly FeedLanguage[] = ['FR', 'DE', 'EN'];
/** In the order in which an import goes through them: one filter has one address. */
const statuses: readonly JobStatus[] = [
  'PENDING',
  'PROCESSING',
  'COMPLETED',
  'COMPLETED_WITH_ERRORS',
  'FAILED',
  'CANCELLED',
];

/** Which imports a list is of, as its address has it. */
export interface JobFilter {
  readonly store: string | null;
  readonly statuses: readonly JobStatus[];
  readonly marketplace: string | null;
  readonly language: FeedLanguage | null;
  readonly mine: boolean;
}

/** What an address asks for; what it cannot mean is left out. */
export function jobFilterOf(parameters: Pick<URLSearchParams, 'get'>): JobFilter {
  const wanted = new Set((parameters.get('status') ?? '').split(','));
  return {
    store: parameters.get('store') || null,
    statuses: statuses.filter((status) => wanted.has(status)),
    marketplace: parameters.get('marketplace') || null,
    language: languages.find((language) => language === parameters.get('language')) ?? null,
    mine: parameters.get('mine') === '1',
  };
}

export const isFiltered = ({ store, statuses, marketplace, language, mine }: JobFilter) =>
  store !== null || statuses.length > 0 || marketplace !== null || language !== null || mine;

/** The filter as the API takes it. */
export const apiFilter = (filter: JobFilter): ImportJobFilter => ({
  ...(filter.store === null ? {} : { storeCode: filter.store }),
  ...(filter.statuses.length === 0 ? {} : { status: [...filter.statuses] }),
  ...(filter.marketplace === null ? {} : { marketplace: filter.marketplace }),
  ...(filter.language === null ? {} : { language: filter.language }),
  ...(filter.mine ? { createdByMe: true } : {}),
});

type Job = Pick<ImportJobStateFragment, 'store' | 'status' | 'marketplace' | 'language' | 'createdBy'>;

/** True when the API would list the import under the filter for this viewer: for events, which come unfiltered. */
export const isWanted = (filter: JobFilter, job: Job, viewerId: string | null) =>
  (filter.store === null || job.store.code === filter.store) &&
  (filter.statuses.length === 0 || filter.statuses.includes(job.status)) &&
  (filter.marketplace === null || job.marketplace === filter.marketplace) &&
  (filter.language === null || job.language === filter.language) &&
  (!filter.mine || (job.createdBy !== null && job.createdBy?.id === viewerId));
