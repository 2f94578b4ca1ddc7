// @module-tag import-job
// @module-tag faults
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { withDatabase, type TestDatabase } from '../../../test/database.ts';
import { serveFeeds } from '../../../test/feed-server.ts';
import { readResult, undisturbed } from '../../../test/import-result.ts';
import { restartPostgres } from '../../../test/restart-postgres.ts';
import { openThrowawayPostgres } from '../../../test/throwaway-postgres.ts';
import { eventually, withWorkers } from '../../../test/worker-processes.ts';
import { benchmarkFeed } from '../../demo/benchmark-feed.ts';
import { randomOf } from '../../demo/random.ts';
import { createDb } from '../../platform/database.ts';
import { applyMigrations } from '../../platform/migrate.ts';
import { sessionName } from './import-job.claim.ts';

const seed = process.env['FAULTS_SEED'] ?? String(Date.now() % 1_000_000);
const feed = Buffer.concat([...benchmarkFeed({ rows: 50_000, badShare: 0.1 })]);
const batchSize = 500;

/** Ends one session of the import, if it has any just now; true when it did. */
async function endSession(
  { db }: TestDatabase,
  jobId: string,
  pick: (count: number) => number,
): Promise<boolean> {
  const sessions = await db.$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity WHERE application_name = ${sessionName(jobId)} ORDER BY pid`;
  const session = sessions[pick(sessions.length)];
  if (!session) return false;
  const [ended] = await db.$queryRaw<
    { ended: boolean }[]
  >`SELECT pg_terminate_backend(${session.pid}::int) AS ended`;
  return ended?.ended ?? false;
}

test('sessions that the database ends cost an import nothing but time', async () => {
  console.log(`FAULTS_SEED=${seed}`);
  const random = randomOf(seed);
  const expected = await undisturbed({ feed, batchSize });
  await withDatabase((database) =>
    withWorkers(database, async (workers) => {
      const origin = await serveFeeds({ '/feed.csv': feed });
      const worker = await workers.start();
      const { id: storeId } = await buildStore(database.db, { name: 'Shop', code: 'shop' });
      const jobId = await workers.enqueue('shop', `${origin}/feed.csv`, batchSize);
      await workers.claimed(jobId, 1);
      for (let ended = 0; ended < 10; ended++) {
        await workers.batchesWritten(jobId, random.between(9 * ended + 1, 9 * ended + 9));
        await wait(random.below(20));
        await eventually('a session', () => endSession(database, jobId, (count) => random.below(count || 1)));
      }
      expect(await workers.ended(jobId)).toMatchObject({ attempt: 1, interruptions: 0, totalRows: 50_000 });
      expect(worker.faults).toEqual([]);
      expect(await readResult(database, storeId, jobId)).toEqual(expected);
    }),
  );
});

test('a session that the database ends before the first batch costs no attempt', async () => {
  await withDatabase((database) =>
    withWorkers(database, async (workers) => {
      const origin = await serveFeeds({ '/feed.csv': feed });
      const worker = await workers.start();
      await buildStore(database.db, { name: 'Shop', code: 'shop' });
      const jobId = await workers.enqueue('shop', `${origin}/feed.csv`, batchSize);
      await workers.claimed(jobId, 1);
      await database.db.$transaction(async (holder) => {
        await holder.$queryRaw`SELECT 1 FROM marketplace_import_jobs WHERE id = ${jobId}::uuid FOR UPDATE`;
        // The import looks for its checkpoint, and waits for us.
        await eventually('a session', () => endSession(database, jobId, () => 0));
      });
      expect(await workers.ended(jobId)).toMatchObject({ attempt: 1, interruptions: 0, totalRows: 50_000 });
      expect(worker.faults).toEqual([]);
    }),
  );
});

test('a restart of PostgreSQL loses no row of an import, and no job', async () => {
  const expected = await undisturbed({ feed, batchSize });
  await using server = await openServer();
  const { database } = server;
  await withWorkers(database, async (workers) => {
    const origin = await serveFeeds({ '/feed.csv': feed });
    await Promise.all([workers.start(), workers.start()]);
    const stores = [];
    for (const code of ['first', 'second'])
      stores.push(await buildStore(database.db, { name: 'Shop', code }));
    const jobs = await Promise.all(
      stores.map(({ code }) => workers.enqueue(code, `${origin}/feed.csv`, batchSize)),
    );
    await Promise.all(jobs.map((jobId) => workers.batchesWritten(jobId, 20)));
    await restartPostgres(database.url);
    await eventually('the database', () =>
      database.db.$queryRaw`SELECT 1`.then(
        () => true,
        () => false,
      ),
    );
    for (const [at, jobId] of jobs.entries()) {
      const job = await workers.ended(jobId);
      console.log(`after the restart: ${job.status} in attempt ${job.attempt}`);
      expect(job).toMatchObject({ status: 'COMPLETED_WITH_ERRORS', totalRows: 50_000 });
      expect(await readResult(database, stores[at]?.id ?? '', jobId)).toEqual(expected);
    }
  });
});

/** A migrated server that no other test uses. */
async function openServer() {
  await using opened = new AsyncDisposableStack();
  const { url, close } = await openThrowawayPostgres();
  opened.defer(close);
  await applyMigrations(url);
  const { db, close: disconnect } = createDb(url);
  opened.defer(disconnect);
  const database: TestDatabase = { db, url };
  const kept = opened.move();
  return { database, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
