import type { GraphQLResolveInfo } from 'graphql';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Context } from '../../graphql/context.ts';
import type { Page, PageArgs, PagePart } from '../../graphql/page.ts';
import { loadWithSiblings } from '../../graphql/siblings.ts';
import type { Db } from '../../platform/database.ts';
import { jobPage, loadWatchedJobs, statesOf, type JobFilter } from './import-job.list.ts';
import type { WatchedJob } from './import-job.record.ts';

export type StoreJobFilter = Pick<JobFilter, 'status' | 'language'>;

/** A page of one store's jobs, read together with those of the stores beside it in a list. */
export function listStoreJobs(
  context: Context,
  info: GraphQLResolveInfo,
  storeId: string,
  args: PageArgs & StoreJobFilter,
): Promise<Page<WatchedJob>> {
  const { db } = context;
  return jobPage(args, {
    find: async (part) => {
      const load = (storeIds: readonly string[]) => findJobsOfStores(db, storeIds, args, part);
      return (await loadWithSiblings(context, info, 'page', storeId, load)) ?? [];
    },
    count: async () => {
      const load = (storeIds: readonly string[]) => countJobsOfStores(db, storeIds, args);
      return {
        count: (await loadWithSiblings(context, info, 'total', storeId, load)) ?? 0,
        exact: true,
      };
    },
  });
}

async function findJobsOfStores(
  db: Db,
  storeIds: readonly string[],
  filter: StoreJobFilter,
  { after, orderBy, limit }: PagePart,
): Promise<Map<string, WatchedJob[]>> {
  const inOrder = Prisma.sql`ORDER BY ${orderBy} LIMIT ${limit}`;
  const jobs = Prisma.sql`
    SELECT id, created_at FROM marketplace_import_jobs
    WHERE store_id = lane_store AND ${languageIs(filter)} AND ${after}`;
  const states = statesOf(filter);
  // Each state of a store has its jobs in order in an index.
  const firstOnes = states
    ? Prisma.sql`
        SELECT id, created_at FROM unnest(${states}::text[]::import_job_status[]) AS of_status(lane_status)
        CROSS JOIN LATERAL (${jobs} AND status = lane_status ${inOrder}) AS of_one_status ${inOrder}`
    : Prisma.sql`${jobs} ${inOrder}`;
  const found = await db.$queryRaw<{ id: string; store_id: string }[]>`
    SELECT id, lane_store AS store_id FROM unnest(${[...storeIds]}::uuid[]) AS of_store(lane_store)
    CROSS JOIN LATERAL (${firstOnes}) AS first_ones
    ORDER BY ${orderBy}`;
  const loaded = await loadWatchedJobs(
    db,
    found.map(({ id }) => id),
  );
  const ofStores = Map.groupBy(found, ({ store_id }) => store_id);
  return new Map(
    [...ofStores].map(([storeId, ids]) => [storeId, ids.flatMap(({ id }) => loaded.get(id) ?? [])]),
  );
}

async function countJobsOfStores(
  db: Db,
  storeIds: readonly string[],
  filter: StoreJobFilter,
): Promise<Map<string, number>> {
  const states = statesOf(filter);
  const inStates = states
    ? Prisma.sql`status = ANY(${states}::text[]::import_job_status[])`
    : Prisma.sql`true`;
  const counts = await db.$queryRaw<{ store_id: string; count: number }[]>`
    SELECT store_id, count(*)::int AS count FROM marketplace_import_jobs
    WHERE store_id = ANY(${[...storeIds]}::uuid[]) AND ${inStates} AND ${languageIs(filter)}
    GROUP BY store_id`;
  return new Map(counts.map(({ store_id, count }) => [store_id, count]));
}

const languageIs = ({ language }: StoreJobFilter) =>
  language ? Prisma.sql`language = ${language}::language` : Prisma.sql`true`;
