import { validate as isUuid } from 'uuid';
import {
  Prisma,
  type ImportJobStatus,
  type Language,
  type MissingReview,
} from '../../generated/prisma/client.ts';
import {
  countUpTo,
  resolvePage,
  type KeyColumn,
  type Page,
  type PageArgs,
  type PagePart,
  type Total,
} from '../../graphql/page.ts';
import { storable } from '../../graphql/search.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';
import { findStoreId } from '../store/store.access.ts';
import { findWatchedJobs, type WatchedJob } from './import-job.record.ts';

/** Which jobs a list has; null or absent for all of them. */
export interface JobFilter {
  readonly storeCode?: string | null;
  /** Empty is all of them, too. */
  readonly status?: readonly ImportJobStatus[] | null;
  readonly marketplace?: string | null;
  readonly language?: Language | null;
  readonly missingReview?: MissingReview | null;
  readonly createdByMe?: boolean | null;
}

/** Newest first; ids settle what was made in the same millisecond. */
export const jobKey: readonly KeyColumn[] = [
  { column: 'created_at', type: 'timestamptz' },
  { column: 'id', type: 'uuid' },
];

/** A page of the jobs that the viewer may see. Throws GraphQL errors for pages that make no sense. */
export async function listImportJobs(
  db: Db,
  viewer: Viewer,
  filter: JobFilter,
  args: PageArgs,
): Promise<Page<WatchedJob>> {
  const storeIds = await storeIdsOf(db, viewer, filter);
  return jobPage(args, {
    find: async (part) => {
      const found = await db.$queryRaw<{ id: string }[]>(findJobs(viewer, storeIds, filter, part));
      const ids = found.map(({ id }) => id);
      const jobs = await loadWatchedJobs(db, ids);
      // One may have gone in between.
      return ids.flatMap((id) => jobs.get(id) ?? []);
    },
    count: () => countUpTo(db, Prisma.sql`SELECT 1 ${jobsWhere(viewer, storeIds, filter)}`),
  });
}

/** A page of jobs in the order of all lists, from however they are found. */
export const jobPage = (
  args: PageArgs,
  found: { find(part: PagePart): Promise<readonly WatchedJob[]>; count(): Promise<Total> },
): Promise<Page<WatchedJob>> =>
  resolvePage({
    args,
    key: jobKey,
    descending: true,
    keyOf: ({ createdAt, id }) => [createdAt, id],
    ...found,
  });

/** These jobs with what belongs to them, by id, in a constant number of statements; no job has a malformed id. */
export async function loadWatchedJobs(db: Db, ids: readonly string[]): Promise<Map<string, WatchedJob>> {
  const jobs = await findWatchedJobs(db, { id: { in: ids.filter((id) => isUuid(id)) } });
  return new Map(jobs.map((job) => [job.id, job]));
}

/** Null for every store. */
async function storeIdsOf(
  db: Db,
  viewer: Viewer,
  { storeCode }: JobFilter,
): Promise<readonly string[] | null> {
  const code = storeCode ?? null;
  if (code === null) return viewer.platformAdmin ? null : [...viewer.storeRoles.keys()];
  const storeId = await findStoreId(db, viewer, code);
  return storeId === null ? [] : [storeId];
}

/**
 * The next ids of a list. Each store and each state has its jobs in order in an index, so each gives its first
 * ones, and the first of those are taken: what is read does not grow with what is there.
 */
export function findJobs(
  viewer: Viewer,
  storeIds: readonly string[] | null,
  { status, ...filter }: JobFilter,
  { after, orderBy, limit }: PagePart,
): Prisma.Sql {
  const mine = filter.createdByMe === true;
  const states = statesOf({ status });
  const rest = conditions(viewer, filter);
  const jobs = Prisma.sql`SELECT id, created_at FROM marketplace_import_jobs`;
  const inOrder = Prisma.sql`ORDER BY ${orderBy} LIMIT ${limit}`;
  const inStores = storeIds && Prisma.sql`store_id = ANY(${storeIds}::uuid[])`;
  const inStates = states && Prisma.sql`status = ANY(${states}::text[]::import_job_status[])`;
  // The jobs of one person are few enough to pick from.
  if (mine || (!storeIds && !states)) {
    const all = [...rest, ...(inStores ? [inStores] : []), ...(inStates ? [inStates] : []), after];
    return Prisma.sql`${jobs} WHERE ${Prisma.join(all, ' AND ')} ${inOrder}`;
  }
  const lanes = [
    ...(storeIds ? [Prisma.sql`unnest(${storeIds}::uuid[]) AS of_store(lane_store)`] : []),
    ...(states ? [Prisma.sql`unnest(${states}::text[]::import_job_status[]) AS of_status(lane_status)`] : []),
  ];
  const lane = [
    ...(storeIds ? [Prisma.sql`store_id = lane_store`] : []),
    ...(states ? [Prisma.sql`status = lane_status`] : []),
  ];
  return Prisma.sql`
    SELECT id, created_at FROM ${Prisma.join(lanes, ' CROSS JOIN ')}
    CROSS JOIN LATERAL (${jobs} WHERE ${Prisma.join([...lane, ...rest, after], ' AND ')} ${inOrder}) AS first_ones
    ${inOrder}`;
}

function jobsWhere(viewer: Viewer, storeIds: readonly string[] | null, filter: JobFilter): Prisma.Sql {
  const states = statesOf(filter);
  const all = [
    Prisma.sql`true`,
    ...conditions(viewer, filter),
    ...(storeIds ? [Prisma.sql`store_id = ANY(${storeIds}::uuid[])`] : []),
    ...(states ? [Prisma.sql`status = ANY(${states}::text[]::import_job_status[])`] : []),
  ];
  return Prisma.sql`FROM marketplace_import_jobs WHERE ${Prisma.join(all, ' AND ')}`;
}

/** Each of the asked ones once; null when all are meant. */
export const statesOf = ({ status }: Pick<JobFilter, 'status'>): readonly ImportJobStatus[] | null =>
  status?.length ? [...new Set(status)] : null;

/** What no index is made for. */
function conditions(
  viewer: Viewer,
  { marketplace, language, missingReview, createdByMe }: JobFilter,
): Prisma.Sql[] {
  return [
    ...(missingReview ? [Prisma.sql`missing_review = ${missingReview}::missing_review`] : []),
    ...(createdByMe === true ? [Prisma.sql`created_by_id = ${viewer.id}::uuid`] : []),
    ...(typeof marketplace === 'string' ? [Prisma.sql`marketplace = ${storable(marketplace)}`] : []),
    ...(language ? [Prisma.sql`language = ${language}::language`] : []),
  ];
}
