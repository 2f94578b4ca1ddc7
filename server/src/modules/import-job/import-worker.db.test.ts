// @module-tag import-job
// @module-tag db
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { buildImportJob } from '../../../test/builders.ts';
import { withDatabase } from '../../../test/database.ts';
import { eventually } from '../../../test/eventually.ts';
import { withImportNode } from '../../../test/import-node.ts';
import { openTurnQueue } from '../../platform/queue.ts';

test('while the jobs cannot be read those who look after them are not joined by others', () =>
  withDatabase(async (database) => {
    const { db } = database;
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const countWaiting = () =>
      db.$transaction(async (transaction) => {
        await transaction.$executeRaw`LOCK TABLE marketplace_import_jobs IN ACCESS EXCLUSIVE MODE`;
        for (let time = 0; time < 4; time++) {
          vi.advanceTimersByTime(5_000);
          await wait(100);
        }
        const [row] = await transaction.$queryRaw<{ count: number }[]>`
          SELECT count(*)::int AS count FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        return row?.count ?? 0;
      });
    try {
      const waiting = await withImportNode(database, countWaiting);
      // One for each of the two statements.
      expect(waiting).toBeGreaterThan(0);
      expect(waiting).toBeLessThanOrEqual(2);
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
      await eventually('the end', async () => (await job())?.status === 'CANCELLED');
    });
  }));
