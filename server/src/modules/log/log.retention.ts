import type { Db } from '../../platform/database.ts';
import { repeat, type Repetition } from '../../shared/repeat.ts';

export interface LogRetention {
  /** Whole days after which an entry is deleted. */
  readonly keepDays: number;
  /** Most entries that stay, the newest. */
  readonly keepEntries: number;
}

const pruneMs = 5 * 60_000;
const batchSize = 2_000;
const dayMs = 86_400_000;
/** Any number, ours alone: one node at a time deletes. */
const advisoryLock = 72_707_371;

/** Deletes what is too old or too much, every few minutes, beginning now. Any number of nodes may do so. */
export const startLogPruning = (
  db: Db,
  retention: LogRetention,
  onError: (error: unknown) => void,
): Repetition => repeat(pruneMs, (signal) => pruneLogs(db, retention, signal), onError);

/** How many entries were deleted. Each small batch is a transaction of its own, so nobody waits for it. */
export async function pruneLogs(
  db: Db,
  { keepDays, keepEntries }: LogRetention,
  signal?: AbortSignal,
): Promise<number> {
  const oldest = new Date(Date.now() - keepDays * dayMs);
  const lastId = await lastExcessId(db, keepEntries);
  let deleted = 0;
  for (let count = batchSize; count === batchSize && !signal?.aborted; deleted += count) {
    count = await deleteOld(db, oldest);
  }
  for (let count = batchSize; lastId !== null && count === batchSize && !signal?.aborted; deleted += count) {
    count = await deleteUpTo(db, lastId);
  }
  return deleted;
}

/** Null when there are not too many. Ids have gaps, so they have to be counted, unless even without there are few. */
async function lastExcessId(db: Db, keepEntries: number): Promise<bigint | null> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    SELECT id FROM log_entries
    WHERE (SELECT max(id) - min(id) >= ${keepEntries} FROM log_entries)
    ORDER BY id DESC OFFSET ${keepEntries} LIMIT 1`;
  return rows[0]?.id ?? null;
}

/** MATERIALIZED, so that the lock is asked for once; it ends with the statement. */
const deleteOld = (db: Db, oldest: Date) => db.$executeRaw`
  WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(${advisoryLock}::bigint) AS mine)
  DELETE FROM log_entries WHERE id = ANY(ARRAY(
    SELECT id FROM log_entries WHERE (SELECT mine FROM turn) AND at < ${oldest}
    ORDER BY at, id LIMIT ${batchSize}))`;

const deleteUpTo = (db: Db, lastId: bigint) => db.$executeRaw`
  WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(${advisoryLock}::bigint) AS mine)
  DELETE FROM log_entries WHERE id = ANY(ARRAY(
    SELECT id FROM log_entries WHERE (SELECT mine FROM turn) AND id <= ${lastId}
    ORDER BY id LIMIT ${batchSize}))`;
