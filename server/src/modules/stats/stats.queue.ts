import { Prisma, type MarketplaceImportJob } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import { progressOf } from '../import-job/import-job.stepper.ts';
import type { QueueStats, StatsScope } from './stats.record.ts';

interface WaitRow {
  readonly waiting: number;
  readonly oldest: Date | null;
  readonly typical_ms: number | null;
  readonly longest_ms: number | null;
}

const dayMs = 86_400_000;

/** One that was handed back waits from then on, which was its last change, and not since it was asked for. */
const waitsSince = Prisma.sql`CASE WHEN started_at IS NULL THEN created_at ELSE updated_at END`;

/**
 * What waits and what runs in the scope now, and how long one waited in the last 24 hours. A job's creation is told by
 * the clock of its node and its start by that of the database, which may be behind: nobody waited less than no time.
 */
export async function readQueue(
  db: Db,
  { storeId }: StatsScope,
  places: number,
  at: Date,
): Promise<QueueStats> {
  const inScope = storeId === null ? Prisma.sql`true` : Prisma.sql`store_id = ${storeId}::uuid`;
  const [[waits], running] = await Promise.all([
    db.$queryRaw<WaitRow[]>`
      SELECT waiting, oldest, typical_ms, longest_ms FROM (
        SELECT count(*)::int AS waiting, min(${waitsSince}) AS oldest
        FROM marketplace_import_jobs WHERE status = 'PENDING' AND ${inScope}
      ) AS now, (
        SELECT (percentile_cont(0.5) WITHIN GROUP (ORDER BY ms))::float8 AS typical_ms, max(ms)::float8 AS longest_ms
        FROM (
          SELECT greatest(extract(epoch FROM started_at - created_at) * 1000, 0) AS ms
          FROM marketplace_import_jobs
          WHERE created_at >= ${new Date(at.getTime() - dayMs)} AND started_at IS NOT NULL AND ${inScope}
        ) AS begun
      ) AS lately`,
    db.marketplaceImportJob.findMany({
      where: { status: 'PROCESSING', ...(storeId === null ? {} : { storeId }) },
    }),
  ]);
  return {
    waiting: waits?.waiting ?? 0,
    running: running.length,
    // A store imports one feed at a time.
    places: storeId === null ? places : Math.min(places, 1),
    oldestWaitingSeconds: waits?.oldest ? Math.max(0, (at.getTime() - waits.oldest.getTime()) / 1000) : null,
    typicalWaitMs: waits?.typical_ms ?? null,
    longestWaitMs: waits?.longest_ms ?? null,
    rowsPerSecond: running.reduce((sum, job) => sum + speedOf(job, at), 0),
  };
}

const speedOf = (job: MarketplaceImportJob, at: Date) => progressOf(job, at)?.rowsPerSecond ?? 0;
