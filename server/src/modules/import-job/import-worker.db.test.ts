// @module-tag import-job
// @module-tag db
import { expect, test, vi } from 'vitest';
import { buildImportJob } from '../../../test/builders.ts';
import { withDatabase } from '../../../test/database.ts';
import { until } from '../../../test/until.ts';
import { withImportNode } from '../../../test/import-node.ts';
import { countLockWaits, waitForLocks } from '../../../test/pausing.ts';
import { openTurnQueue } from '../../platform/queue.ts';

test('while the jobs cannot be read those who look after them are not joined by others', () =>
  withDatabase(async (database) => {
    const { db } = database;
    let last: Promise<number> | undefined;
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const countWaiting = () =>
      db.$transaction(async (transaction) => {
        await transaction.$executeRaw`LOCK TABLE marketplace_import_jobs IN ACCESS EXCLUSIVE MODE`;
        await until(async () => {
          vi.advanceTimersByTime(5_000);
          return (await countLockWaits(database)) >= 2;
        }, 'both statements of those who look');
        vi.advanceTimersByTime(15_000);
        // Asked for last: once it waits too, so does whoever came at these times.
        last = db.marketplaceImportJob.count().then();
        await waitForLocks(database, 3);
        return countLockWaits(database);
      });
    try {
      expect(await withImportNode(database, countWaiting)).toBe(3);
      await last;
    } finally {
      vi.useRealTimers();
    }
  }));

test('a turn that waits for a time which is gone, since the database’s clock was put back, is taken', () =>
  withDatabase(async (database) => {
    const { db, url } = database;
    const { id, storeId } = await buildImportJob(db, { status: 'PENDING', cancelRequestedAt: new Date() });
    const queue = await openTurnQueue(url, () => undefined);
    await queue.enqueue(db, storeId);
    await queue.stop();
    await db.$executeRaw`
      UPDATE pgboss.job SET start_after = now() + interval '1 hour' WHERE name = 'import-turns'`;
    await withImportNode(database, async () => {
      const job = () => db.marketplaceImportJob.findUnique({ where: { id } });
      await until(async () => (await job())?.status === 'CANCELLED', 'the end');
    });
  }));
