import { Prisma } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';

/** Whole days for which a job that is over can be looked at. */
export const keepDays = 90;
const batchSize = 1_000;

/** Deletes jobs that have been over for long; how many. Any number of nodes may do so. */
export async function forgetPublications(db: Db): Promise<number> {
  const long = Prisma.raw(`interval '${keepDays} days'`);
  let forgotten = 0;
  for (let count = batchSize; count === batchSize; forgotten += count) {
    count = await db.$executeRaw`
      DELETE FROM publication_jobs WHERE id = ANY(ARRAY(
        SELECT id FROM publication_jobs
        WHERE status IN ('COMPLETED', 'FAILED') AND completed_at < now() - ${long} LIMIT ${batchSize}))`;
  }
  return forgotten;
}
