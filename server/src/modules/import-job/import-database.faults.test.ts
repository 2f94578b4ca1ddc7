// @module-tag import-job
// @module-tag faults
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { withDatabase, type TestDatabase } from '../../../test/database.ts';
import { until } from '../../../test/until.ts';
import { serveFeeds } from '../../../test/feed-server.ts';
import { holdImports } from '../../../test/holding.ts';
import { readResult, undisturbed, type ImportResult } from '../../../test/import-result.ts';
import { httpResponse, startLoopbackServer } from '../../../test/loopback-server.ts';
import { restartPostgres } from '../../../test/restart-postgres.ts';
import { openThrowawayPostgres } from '../../../test/throwaway-postgres.ts';
import { withWorkers } from '../../../test/worker-processes.ts';
import { benchmarkFeed } from '../../demo/benchmark-feed.ts';
import { randomOf } from '../../demo/random.ts';
import { createDb } from '../../platform/database.ts';
import { applyMigrations } from '../../platform/migrate.ts';
import { sessionName } from './import-job.claim.ts';

const seed = process.env['FAULTS_SEED'] ?? String(Date.now() % 1_000_000);
const feed = Buffer.concat([...benchmarkFeed({ rows: 50_000, badShare: 0.1 })]);
const batchSize = 500;
let expected: ImportResult;
beforeAll(async () => {
  expected = await undisturbed({ feed, batchSize });
}, 120_000);

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

/** Ends the session of the import that waits for a lock, if one does just now; true when it did. */
async function endWaiting({ db }: TestDatabase, jobId: string): Promise<boolean> {
  const ended = await db.$queryRaw<unknown[]>`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = ${sessionName(jobId)} AND wait_event_type = 'Lock'`;
  return ended.length > 0;
}

test('sessions that the database ends cost an import nothing but time', async () => {
  console.log(`FAULTS_SEED=${seed}`);
  const random = randomOf(seed);
  await withDatabase((database) =>
    withWorkers(database, async (workers) => {
      const origin = await serveFeeds({ '/feed.csv': feed });
      const hold = await holdImports(database);
      await hold.after(random.below(4));
      const worker = await workers.start();
      const { id: storeId } = await buildStore(database.db, { name: 'Shop', code: 'shop' });
      const jobId = await workers.enqueue('shop', `${origin}/feed.csv`, batchSize);
      // Ten windows of nine batches: none of the moments comes before its window, and no batch is hurt too often.
      for (let window = 0; window < 90; window += 9) {
        await hold.after(window + random.below(4));
        await hold.reached(jobId);
        await hold.after(window + 8);
        await wait(random.below(20));
        await until(() => endSession(database, jobId, (count) => random.below(count || 1)), 'a session');
      }
      await hold.lift();
      expect(await workers.ended(jobId)).toMatchObject({ attempt: 1, interruptions: 0, totalRows: 50_000 });
      expect(worker.faults).toEqual([]);
      expect(await readResult(database, storeId, jobId)).toEqual(expected);
    }),
  );
});

test('a session that the database ends before the first batch costs no attempt', async () => {
  await withDatabase((database) =>
    withWorkers(database, async (workers) => {
      const told = Promise.withResolvers<void>();
      const { origin } = await startLoopbackServer(
        (socket) => void told.promise.then(() => socket.end(httpResponse(200, feed))),
      );
      const worker = await workers.start();
      const { id: storeId } = await buildStore(database.db, { name: 'Shop', code: 'shop' });
      const jobId = await workers.enqueue('shop', `${origin}/feed.csv`, batchSize);
      await workers.claimed(jobId, 1);
      const holder = new pg.Client({ connectionString: database.url });
      await holder.connect();
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM marketplace_import_jobs WHERE id = $1 FOR UPDATE', [jobId]);
      told.resolve();
      // The import looks for its checkpoint, and waits for us.
      await until(() => endWaiting(database, jobId), 'a session that waits');
      await holder.end();
      expect(await workers.ended(jobId)).toMatchObject({ attempt: 1, interruptions: 0, totalRows: 50_000 });
      expect(worker.faults).toEqual([]);
      expect(await readResult(database, storeId, jobId)).toEqual(expected);
    }),
  );
});

test.each(['fast', 'immediate'] as const)(
  'a restart of PostgreSQL (%s) loses no row and no job',
  async (mode) => {
    await using server = await openServer();
    const { database } = server;
    // What is committed without waiting for the disk stays off it as long as nobody waits.
    await database.db.$executeRaw`ALTER SYSTEM SET wal_writer_delay = '10s'`;
    await database.db.$executeRaw`ALTER SYSTEM SET wal_writer_flush_after = '1GB'`;
    await database.db.$executeRaw`SELECT pg_reload_conf()`;
    await withWorkers(database, async (workers) => {
      const origin = await serveFeeds({ '/feed.csv': feed });
      const hold = await holdImports(database);
      await hold.after(20);
      await Promise.all([workers.start(), workers.start()]);
      const stores = [];
      for (const code of ['first', 'second'])
        stores.push(await buildStore(database.db, { name: 'Shop', code }));
      const jobs = await Promise.all(
        stores.map(({ code }) => workers.enqueue(code, `${origin}/feed.csv`, batchSize)),
      );
      await Promise.all(jobs.map((jobId) => hold.reached(jobId)));
      // Until the restart they go on, but not to their ends; nothing is held afterwards.
      await hold.after(99);
      await restartPostgres(database.url, mode);
      await until(
        () =>
          database.db.$queryRaw`SELECT 1`.then(
            () => true,
            () => false,
          ),
        'the database',
      );
      for (const [at, jobId] of jobs.entries()) {
        const job = await workers.ended(jobId);
        console.log(`after the restart: ${job.status} in attempt ${job.attempt}`);
        expect(job).toMatchObject({ status: 'COMPLETED_WITH_ERRORS', totalRows: 50_000 });
        expect(await readResult(database, stores[at]?.id ?? '', jobId)).toEqual(expected);
      }
    });
  },
);

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
