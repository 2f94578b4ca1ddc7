import type { Database } from '../../platform/database.ts';
import type { TurnQueue } from '../../platform/queue.ts';

/**
 * Sees to it that queue and jobs agree: every store with a job that waits or runs has a turn or waits for one.
 * Returns the stores that had lost theirs. Safe to run anywhere, any time, by any number of nodes.
 */
export async function reconcile(db: Database['db'], queue: TurnQueue): Promise<string[]> {
  const stores = await db.marketplaceImportJob.findMany({
    where: { status: { in: ['PENDING', 'PROCESSING'] } },
    distinct: ['storeId'],
    select: { storeId: true },
  });
  if (stores.length === 0) return [];
  await queue.hasten(db);
  const queued = await queue.queuedStoreIds(db);
  const lost = stores.map(({ storeId }) => storeId).filter((storeId) => !queued.has(storeId));
  for (const storeId of lost) await queue.enqueue(db, storeId);
  return lost;
}
