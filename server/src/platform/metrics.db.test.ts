// @module-tag platform
// @module-tag db
import { expect, test } from 'vitest';
import type { ImportJobStatus } from '../generated/prisma/client.ts';
import { buildImportJob, buildStore } from '../../test/builders.ts';
import { withRollback } from '../../test/database.ts';
import type { Db } from './database.ts';
import { createJobSampler } from './job-sample.ts';
import { createMetrics } from './metrics.ts';

/** The lines of these metrics, without their prefix. */
async function figures(metrics: ReturnType<typeof createMetrics>, pattern: RegExp): Promise<string[]> {
  const { body } = await metrics.answer();
  const lines = body.split('\n').map((line) => line.replace(/^marketplace_/, ''));
  return lines.filter((line) => pattern.test(line) && !line.startsWith('#'));
}

async function buildJobs(db: Db, ...statuses: ImportJobStatus[]) {
  const { id: storeId } = await buildStore(db);
  const createdAt = new Date(Date.now() - 60_000);
  return Promise.all(statuses.map((status) => buildImportJob(db, { storeId, status, createdAt })));
}

/** A client that counts its statements, and answers as slowly as it is told. */
function counting(db: Db, delay: () => Promise<unknown> = async () => undefined) {
  const asked = { count: 0 };
  const $queryRaw = async (...statement: Parameters<Db['$queryRaw']>) => {
    asked.count += 1;
    await delay();
    return db.$queryRaw(...statement);
  };
  return { asked, db: () => ({ $queryRaw }) as unknown as Db };
}

test('the jobs of all nodes are counted by state, with the queue and its oldest', () =>
  withRollback(async (db) => {
    await buildJobs(db, 'PENDING', 'PENDING', 'PROCESSING', 'FAILED');
    // Handed back just now: it has not waited since it was asked for.
    const begun = { createdAt: new Date(0), startedAt: new Date(1) };
    await buildImportJob(db, { status: 'PENDING', ...begun });
    const metrics = createMetrics({ db: () => db });
    expect(await figures(metrics, /^(import_jobs|import_queue_depth|imports_running|database_up)/)).toEqual([
      'database_up 1',
      'import_jobs{status="PENDING"} 3',
      'import_jobs{status="PROCESSING"} 1',
      'import_jobs{status="COMPLETED"} 0',
      'import_jobs{status="COMPLETED_WITH_ERRORS"} 0',
      'import_jobs{status="FAILED"} 1',
      'import_jobs{status="CANCELLED"} 0',
      'import_queue_depth 3',
      'imports_running 1',
    ]);
    const [oldest] = await figures(metrics, /^import_queue_oldest_seconds/);
    expect(Number(oldest?.split(' ')[1])).toBeGreaterThanOrEqual(59);
    expect(Number(oldest?.split(' ')[1])).toBeLessThan(3600);
  }));

test('however many ask, the database is asked once in five seconds', () =>
  withRollback(async (db) => {
    let clock = 0;
    const { asked, ...client } = counting(db);
    const sample = createJobSampler(client.db, () => clock);
    await Promise.all([sample(), sample(), sample()]);
    clock = 4_999;
    await sample();
    expect(asked.count).toBe(1);
    clock = 5_000;
    await sample();
    expect(asked.count).toBe(2);
  }));

test('rows a second are those since the sample before, of a job that starts over too', () =>
  withRollback(async (db) => {
    let clock = 0;
    const [first, second] = await buildJobs(db, 'PROCESSING', 'PROCESSING');
    const set = (id: string | undefined, totalProcessed: number) =>
      db.marketplaceImportJob.update({ where: { id: id ?? '' }, data: { totalProcessed } });
    await set(first?.id, 1_000);
    await set(second?.id, 5_000);
    const sample = createJobSampler(
      () => db,
      () => clock,
    );
    expect((await sample())?.rowsPerSecond).toBe(0);
    clock = 10_000;
    await set(first?.id, 3_000);
    await set(second?.id, 10);
    const [third] = await buildJobs(db, 'PROCESSING');
    await set(third?.id, 500);
    expect((await sample())?.rowsPerSecond).toBe(250);
  }));

test('without a database there are no figures of jobs, rather than wrong ones', async () => {
  const metrics = createMetrics({ db: () => null });
  expect(await figures(metrics, /^(import_(jobs|queue|rows_per)|imports_|database_up)/)).toEqual([
    'database_up 0',
  ]);
});

test('a database that hangs does not hold up the answer', () =>
  withRollback(async (db) => {
    const gate = Promise.withResolvers<void>();
    const { asked, ...client } = counting(db, () => gate.promise);
    const metrics = createMetrics({ db: client.db });
    const answers = [figures(metrics, /^database_up/), figures(metrics, /^database_up/)];
    expect(await Promise.all(answers)).toEqual([['database_up 0'], ['database_up 0']]);
    expect(asked.count).toBe(1);
    gate.resolve();
    await expect.poll(() => figures(metrics, /^database_up/)).toEqual(['database_up 1']);
  }));
