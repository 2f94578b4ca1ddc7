import { listSpooled, removeSpooled, spoolEntry } from '../../pipeline/spool.ts';
import type { Db } from '../../platform/database.ts';

/** A feed may be spooled before its job is stored, so a new one is left alone. */
const ageMs = 3600_000;

/**
 * Removes the feeds of jobs that need them no more. A job removes its own at its end, but not what it left on
 * another node: that of a worker that was killed, or that handed the job on.
 */
export async function sweepSpool(db: Db, folder: string): Promise<void> {
  const ids = await listSpooled(folder, ageMs);
  if (ids.length === 0) return;
  const open = await db.marketplaceImportJob.findMany({
    where: { id: { in: ids }, status: { in: ['PENDING', 'PROCESSING'] } },
    select: { id: true },
  });
  const needed = new Set(open.map(({ id }) => id));
  for (const id of ids) if (!needed.has(id)) await removeSpooled(spoolEntry(folder, id));
}
