// @module-tag import-job
// @module-tag faults
import { beforeAll, expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { withDatabase } from '../../../test/database.ts';
import { until } from '../../../test/until.ts';
import { serveFeeds } from '../../../test/feed-server.ts';
import { holdImports, type ImportHold } from '../../../test/holding.ts';
import { readResult, undisturbed, type ImportResult } from '../../../test/import-result.ts';
import { withWorkers, type WorkerProcess, type Workers } from '../../../test/worker-processes.ts';
import { benchmarkFeed } from '../../demo/benchmark-feed.ts';
import { sessionName } from './import-job.claim.ts';

const rows = 30_000;
const feed = Buffer.concat([...benchmarkFeed({ rows, badShare: 0.1 })]);
const batchSize = 300;
let expected: ImportResult;
beforeAll(async () => {
  expected = await undisturbed({ feed, batchSize });
}, 120_000);

const hangMs = 5_000;

interface Running {
  readonly workers: Workers;
  readonly worker: WorkerProcess;
  readonly storeId: string;
  readonly jobId: string;
  readonly origin: string;
  readonly hold: ImportHold;
}

/** A job of 100 batches in the middle of its first attempt, at the only worker; it does not end before it may. */
function withRunningImport(
  settings: { readonly hangMs?: number },
  use: (running: Running) => Promise<void>,
): Promise<void> {
  return withDatabase((database) =>
    withWorkers(database, async (workers) => {
      const origin = await serveFeeds({ '/feed.csv': feed });
      const hold = await holdImports(database);
      await hold.after(99);
      const worker = await workers.start(settings);
      const { id: storeId } = await buildStore(database.db, { name: 'Shop', code: 'shop' });
      const jobId = await workers.enqueue('shop', `${origin}/feed.csv`, batchSize);
      await workers.batchesWritten(jobId, 20);
      await use({ workers, worker, storeId, jobId, origin, hold });
    }),
  );
}

test('a thread that spins is ended by the watchdog, and the next attempt finishes the import', async () => {
  await withRunningImport({ hangMs }, async ({ workers, worker, storeId, jobId, hold }) => {
    const since = performance.now();
    worker.tell('spin');
    const again = await workers.claimed(jobId, 2);
    console.log(`claimed again ${((again.at - since) / 1000).toFixed(1)} s after its thread began to spin`);
    expect(again.at - since).toBeLessThan(15_000);
    await hold.lift();
    expect(await workers.ended(jobId)).toMatchObject({ attempt: 2, interruptions: 1, totalRows: rows });
    expect(worker.importFaults).toEqual([expect.stringMatching(/the import hangs/)]);
    expect(await readResult(workers.database, storeId, jobId)).toEqual(expected);
  });
});

test('a thread that runs out of memory takes neither its node nor the import with it', async () => {
  await withRunningImport({}, async ({ workers, worker, storeId, jobId, hold }) => {
    worker.tell('hoard');
    await workers.claimed(jobId, 2);
    await hold.lift();
    expect(await workers.ended(jobId)).toMatchObject({ attempt: 2, interruptions: 1, totalRows: rows });
    expect(worker.importFaults).toEqual([expect.stringMatching(/memory/)]);
    expect(await readResult(workers.database, storeId, jobId)).toEqual(expected);
  });
});

test('an import that runs out of memory each time fails with a code, and the node goes on', async () => {
  await withRunningImport({}, async ({ workers, worker, jobId, origin, hold }) => {
    for (let attempt = 1; attempt <= 3; attempt++) {
      await workers.claimed(jobId, attempt);
      await hold.after(25 * attempt);
      await hold.reached(jobId);
      worker.tell('hoard');
    }
    expect(await workers.ended(jobId)).toMatchObject({
      ...{ status: 'FAILED', failureCode: 'ATTEMPTS_EXHAUSTED', interruptions: 3, totalRows: null },
      failureMessage: expect.stringMatching(/\w/) as string,
    });
    await hold.lift();
    await buildStore(workers.database.db, { name: 'Shop', code: 'other' });
    const next = await workers.enqueue('other', `${origin}/feed.csv`);
    expect(await workers.ended(next)).toMatchObject({ attempt: 1, interruptions: 0, totalRows: rows });
  });
});

test('a thread that is ended while it runs out of memory takes no node with it', async () => {
  await withRunningImport({ hangMs: 3_000 }, async ({ workers, worker, storeId, jobId, hold }) => {
    worker.tell('thrash');
    await workers.claimed(jobId, 2);
    await hold.lift();
    expect(await workers.ended(jobId)).toMatchObject({ attempt: 2, interruptions: 1, totalRows: rows });
    expect(await readResult(workers.database, storeId, jobId)).toEqual(expected);
  });
});

test('an import that waits for the database gives signs of life, and goes on when it may', async () => {
  await withRunningImport({ hangMs }, async ({ workers, worker, storeId, jobId, hold }) => {
    await hold.after(0);
    await hold.reached(jobId);
    const since = Date.now();
    const signAt = async () => (await workers.job(jobId)).lastSignAt?.getTime() ?? 0;
    await until(async () => (await signAt()) - since > 2 * hangMs, 'a sign of life');
    await hold.lift();
    expect(await workers.ended(jobId)).toMatchObject({ attempt: 1, interruptions: 0, totalRows: rows });
    expect(worker.faults).toEqual([]);
    expect(await readResult(workers.database, storeId, jobId)).toEqual(expected);
  });
});

test('a statement that is ended, as one that takes minutes is, costs an attempt and no row', async () => {
  await withRunningImport({}, async ({ workers, worker, storeId, jobId, hold }) => {
    const { db } = workers.database;
    await hold.after(0);
    await hold.reached(jobId);
    const sessions = await db.$queryRaw<{ pid: number }[]>`
      SELECT pid FROM pg_stat_activity WHERE application_name = ${sessionName(jobId)}`;
    const pids = sessions.map(({ pid }) => pid);
    await until(async () => {
      // Again and again: one connection may come to the lock after the other's statement was ended.
      await db.$queryRaw`SELECT pg_cancel_backend(pid) FROM unnest(${pids}::int[]) AS pid`;
      return worker.importFaults.length > 0;
    }, 'the fault');
    expect(worker.importFaults).toEqual([expect.stringMatching(/canceling statement/)]);
    await hold.lift();
    expect(await workers.ended(jobId)).toMatchObject({ attempt: 2, interruptions: 1, totalRows: rows });
    expect(await readResult(workers.database, storeId, jobId)).toEqual(expected);
  });
});
