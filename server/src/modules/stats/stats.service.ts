import { Prisma, type ImportJobStatus, type Store } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import { readQueue } from './stats.queue.ts';
import type {
  DayStats,
  ImportCounts,
  StatsRecord,
  StatsScope,
  StoreDuration,
  StoreFailures,
} from './stats.record.ts';

/** Days of the whole platform begin here. */
const platformTimeZone = 'Europe/Luxembourg';
const seriesDays = 30;
const listedStores = 5;

/** The figures of a scope as they are now, in a constant number of statements. `places` is of all nodes. */
export async function readStats(db: Db, scope: StatsScope, places: number): Promise<StatsRecord> {
  const at = new Date();
  const timeZone = await timeZoneOf(db, scope);
  const [counts, days, stores, queue] = await Promise.all([
    countByStatus(db, scope),
    readDays(db, scope, timeZone, at),
    readStores(db, scope, at),
    readQueue(db, scope, places, at),
  ]);
  return { imports: countsOf(counts), days, timeZone, ...stores, queue, at };
}

/** Read with the figures: a store may move to another while somebody follows them. */
async function timeZoneOf(db: Db, { storeId }: StatsScope): Promise<string> {
  if (storeId === null) return platformTimeZone;
  return (await db.store.findUniqueOrThrow({ where: { id: storeId } })).timeZone;
}

/** An SQL condition on a job: true for those of the scope. */
const inScope = ({ storeId }: StatsScope): Prisma.Sql =>
  storeId === null ? Prisma.sql`true` : Prisma.sql`store_id = ${storeId}::uuid`;

/** An SQL condition on a job: true unless it is known to have brought nothing new; as `broughtNothingNew` has it. */
const readRows = Prisma.sql`(status NOT IN ('COMPLETED', 'COMPLETED_WITH_ERRORS')
  OR phases IS NULL OR phases = '[]' OR phases @? '$[*] ? (@.phase != "download")')`;

type StatusCounts = Partial<Record<ImportJobStatus, number>>;

async function countByStatus(db: Db, scope: StatsScope): Promise<StatusCounts> {
  const rows = await db.$queryRaw<{ status: ImportJobStatus; count: number }[]>`
    SELECT status, count(*)::int AS count FROM marketplace_import_jobs WHERE ${inScope(scope)} GROUP BY status`;
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

function countsOf(counts: StatusCounts): ImportCounts {
  const of = (status: ImportJobStatus) => counts[status] ?? 0;
  return {
    total: Object.values(counts).reduce((sum, count) => sum + count, 0),
    pending: of('PENDING'),
    processing: of('PROCESSING'),
    completed: of('COMPLETED'),
    completedWithErrors: of('COMPLETED_WITH_ERRORS'),
    failed: of('FAILED'),
    cancelled: of('CANCELLED'),
  };
}

interface DayRow {
  readonly day: string;
  readonly statuses: StatusCounts;
  readonly rows: number;
  readonly row_errors: number;
}

/** The last thirty days, the first of them first; a day without imports is there too. */
async function readDays(db: Db, scope: StatsScope, timeZone: string, at: Date): Promise<DayStats[]> {
  const today = Prisma.sql`(${at}::timestamptz AT TIME ZONE ${timeZone})::date`;
  const rows = await db.$queryRaw<DayRow[]>`
    SELECT days.day::text AS day, COALESCE(jsonb_object_agg(counted.status, counted.count)
        FILTER (WHERE counted.status IS NOT NULL), '{}') AS statuses,
      COALESCE(sum(counted.rows), 0)::float8 AS rows, COALESCE(sum(counted.row_errors), 0)::float8 AS row_errors
    FROM (SELECT ${today} - back AS day FROM generate_series(0, ${seriesDays - 1}::int) AS back) AS days
    LEFT JOIN (
      SELECT (created_at AT TIME ZONE ${timeZone})::date AS day, status, count(*)::int AS count,
        sum(total_processed) FILTER (WHERE ${readRows}) AS rows,
        sum(error_count) FILTER (WHERE ${readRows}) AS row_errors
      FROM marketplace_import_jobs
      WHERE ${inScope(scope)}
        AND created_at >= (${today} - ${seriesDays - 1}::int)::timestamp AT TIME ZONE ${timeZone}
      GROUP BY 1, 2
    ) AS counted USING (day)
    GROUP BY days.day ORDER BY days.day`;
  return rows.map(({ day, statuses, rows: read, row_errors }) => ({
    ...{ day, rows: read, rowErrors: row_errors },
    ...countsOf(statuses),
  }));
}

interface StoreRow {
  readonly store_id: string;
  readonly ended: number;
  readonly failed: number;
  readonly completed: number;
  readonly typical_ms: number | null;
  readonly longest_ms: number | null;
}

/**
 * The stores of the last thirty days that stand out. Imports that were cancelled say nothing of a store; those that
 * brought nothing new, or were interrupted and so lay still for a while, say nothing of how long its imports take.
 */
async function readStores(
  db: Db,
  scope: StatsScope,
  at: Date,
): Promise<{ slowestStores: StoreDuration[]; mostFailingStores: StoreFailures[] }> {
  const since = new Date(at.getTime() - seriesDays * 86_400_000);
  const rows = await db.$queryRaw<StoreRow[]>`
    WITH ended AS (
      SELECT store_id, status, extract(epoch FROM completed_at - started_at) * 1000 AS ms,
        status <> 'FAILED' AND started_at IS NOT NULL AND attempt <= 1 AND ${readRows} AS whole
      FROM marketplace_import_jobs
      WHERE ${inScope(scope)} AND created_at >= ${since}
        AND status IN ('COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED')
    ), stores AS (
      SELECT store_id, count(*)::int AS ended, count(*) FILTER (WHERE status = 'FAILED')::int AS failed,
        count(*) FILTER (WHERE whole)::int AS completed,
        (percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FILTER (WHERE whole))::float8 AS typical_ms,
        (max(ms) FILTER (WHERE whole))::float8 AS longest_ms
      FROM ended GROUP BY store_id
    ), ranked AS (
      SELECT *, row_number() OVER (ORDER BY typical_ms DESC NULLS LAST, store_id) AS slow,
        row_number() OVER (ORDER BY failed::float8 / ended DESC, failed DESC, store_id) AS failing
      FROM stores
    )
    SELECT * FROM ranked WHERE slow <= ${listedStores} OR failing <= ${listedStores}`;
  const found = await db.store.findMany({ where: { id: { in: rows.map(({ store_id }) => store_id) } } });
  const stores = new Map(found.map((store) => [store.id, store]));
  return { slowestStores: slowest(rows, stores), mostFailingStores: mostFailing(rows, stores) };
}

function slowest(rows: readonly StoreRow[], stores: ReadonlyMap<string, Store>): StoreDuration[] {
  return rows
    .flatMap(({ store_id, completed, typical_ms, longest_ms }) => {
      const store = stores.get(store_id);
      if (!store || typical_ms === null || longest_ms === null) return [];
      return [{ store, imports: completed, typicalDurationMs: typical_ms, longestDurationMs: longest_ms }];
    })
    .sort((a, b) => b.typicalDurationMs - a.typicalDurationMs)
    .slice(0, listedStores);
}

function mostFailing(rows: readonly StoreRow[], stores: ReadonlyMap<string, Store>): StoreFailures[] {
  return rows
    .flatMap(({ store_id, ended, failed }) => {
      const store = stores.get(store_id);
      return store && failed > 0 ? [{ store, imports: ended, failed }] : [];
    })
    .sort((a, b) => b.failed / b.imports - a.failed / a.imports || b.failed - a.failed)
    .slice(0, listedStores);
}
