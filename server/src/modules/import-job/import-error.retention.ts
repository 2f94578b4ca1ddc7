import { Prisma } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import { repeat, type Repetition } from '../../shared/repeat.ts';

export interface ErrorRetention {
  /** Whole days after its end for which an import keeps the details of its faults. */
  readonly keepDays: number;
  /** Most imports of a store that keep them, the newest. */
  readonly keepImports: number;
}

const pruneMs = 3600_000;
const batchSize = 100;

/** Deletes details every hour, beginning now. Any number of nodes may do so. */
export const startErrorPruning = (
  db: Db,
  retention: ErrorRetention,
  onError: (error: unknown) => void,
): Repetition => repeat(pruneMs, (signal) => pruneErrors(db, retention, signal), onError);

/**
 * Deletes the faults in detail of imports that ended long ago, and of all but the newest of each store; how many
 * imports. Their counts stay, by code too, and an import says when its details went.
 */
export async function pruneErrors(
  db: Db,
  { keepDays, keepImports }: ErrorRetention,
  signal?: AbortSignal,
): Promise<number> {
  let pruned = 0;
  for (;;) {
    const jobs = await findExcess(db, keepDays, keepImports);
    for (const { id } of jobs) {
      if (signal?.aborted) return pruned;
      pruned += await pruneJob(db, id);
    }
    if (jobs.length < batchSize) return pruned;
  }
}

// Word for word the condition of the index marketplace_import_jobs_with_details.
const hasDetails = Prisma.sql`errors_removed_at IS NULL AND completed_at IS NOT NULL AND error_count + warning_count > 0`;

const findExcess = (db: Db, keepDays: number, keepImports: number) => db.$queryRaw<{ id: string }[]>`
  SELECT id FROM (
    SELECT id, completed_at,
      row_number() OVER (PARTITION BY store_id ORDER BY completed_at DESC, id DESC) AS place
    FROM marketplace_import_jobs WHERE ${hasDetails}) AS kept
  WHERE completed_at < now() - make_interval(days => ${keepDays}::int) OR place > ${keepImports}
  LIMIT ${batchSize}`;

/** One import is one statement: nobody finds half of its details, and no other waits for it. */
const pruneJob = (db: Db, id: string) => db.$executeRaw`
  WITH deleted AS (DELETE FROM marketplace_import_errors WHERE job_id = ${id}::uuid)
  UPDATE marketplace_import_jobs SET errors_removed_at = now() WHERE id = ${id}::uuid AND ${hasDetails}`;
