// @module-tag import-job
// @module-tag faults
import { beforeAll, expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { withDatabase, type TestDatabase } from '../../../test/database.ts';
import { serveFeeds } from '../../../test/feed-server.ts';
import { holdImports, type ImportHold } from '../../../test/holding.ts';
import { readResult, undisturbed, type ImportResult } from '../../../test/import-result.ts';
import { pauseAt, pauseAtEnd, waitsFor, type Pause } from '../../../test/pausing.ts';
import {
  withWorkers,
  type Announcement,
  type WorkerProcess,
  type Workers,
} from '../../../test/worker-processes.ts';
import { benchmarkFeed } from '../../demo/benchmark-feed.ts';

const rows = 30_000;
const feed = Buffer.concat([...benchmarkFeed({ rows, badShare: 0.1 })]);
const batchSize = 300;
/** A product of batch 50 of 100. */
const inTheMiddle = 'B00014703';
let expected: ImportResult;
beforeAll(async () => {
  expected = await undisturbed({ feed, batchSize });
}, 120_000);

const writtenBatches = ({ db }: TestDatabase, jobId: string) =>
  db.marketplaceImportBatch.findMany({ where: { jobId }, orderBy: { batchNumber: 'asc' } });

interface Standstill {
  readonly workers: Workers;
  readonly storeId: string;
  readonly jobId: string;
  readonly stopped: Announcement;
  readonly replaced: Announcement;
  /** How long after the stop the job was claimed again. */
  readonly seconds: number;
}

/** Stops the worker of an import where the import waits, and lets another take over; `use` has to end the first. */
function withStandstill(
  pauseWhere: (database: TestDatabase) => Promise<Pause>,
  use: (standstill: Standstill) => Promise<void>,
): Promise<void> {
  return withDatabase((database) =>
    withWorkers(database, async (workers) => {
      const origin = await serveFeeds({ '/feed.csv': feed });
      const pause = await pauseWhere(database);
      await Promise.all([workers.start(), workers.start()]);
      const { id: storeId } = await buildStore(database.db, { name: 'Shop', code: 'shop' });
      const jobId = await workers.enqueue('shop', `${origin}/feed.csv`, batchSize);
      const stopped = await workers.claimed(jobId, 1);
      await pause.reached();
      const stoppedAt = performance.now();
      stopped.by.signal('SIGSTOP');
      await pause.release();
      const replaced = await workers.claimed(jobId, 2);
      const seconds = (replaced.at - stoppedAt) / 1000;
      console.log(`claimed again ${seconds.toFixed(1)} s after its worker stood still`);
      expect(replaced.by).not.toBe(stopped.by);
      await use({ workers, storeId, jobId, stopped, replaced, seconds });
    }),
  );
}

/** Sees an import of another store come to this worker, because it is the only one that is free. */
async function expectToImport(workers: Workers, worker: WorkerProcess): Promise<void> {
  await buildStore(workers.database.db, { name: 'Shop', code: 'other' });
  const origin = await serveFeeds({ '/small.csv': Buffer.from('id,title,price\nA,Atlas,12.00\n') });
  const jobId = await workers.enqueue('other', `${origin}/small.csv`);
  expect((await workers.claimed(jobId, 1)).by).toBe(worker);
  expect(await workers.ended(jobId)).toMatchObject({ status: 'COMPLETED', importedCount: 1 });
}

/** Lets the one that stood still run an import all alone. */
async function expectToWork({ workers, stopped, replaced }: Standstill): Promise<void> {
  replaced.by.signal('SIGTERM');
  expect(await replaced.by.ended).toBe(0);
  await expectToImport(workers, stopped.by);
}

test('a worker that stood still while another finished its import writes nothing more, and takes other work', async () => {
  await withStandstill(
    (database) => pauseAt(database, inTheMiddle),
    async (standstill) => {
      const { workers, storeId, jobId, stopped, seconds } = standstill;
      expect(seconds).toBeLessThan(15);
      const ended = await workers.ended(jobId);
      expect(ended).toMatchObject({ attempt: 2, interruptions: 1, totalRows: rows });
      const batches = await writtenBatches(workers.database, jobId);
      stopped.by.signal('SIGCONT');
      await expectToWork(standstill);
      expect(await workers.job(jobId)).toEqual(ended);
      expect(await writtenBatches(workers.database, jobId)).toEqual(batches);
      expect(await readResult(workers.database, storeId, jobId)).toEqual(expected);
    },
  );
});

test('a worker that goes on while another has its import leaves it alone', async () => {
  const later = Promise.withResolvers<ImportHold>();
  const pauseTwice = async (database: TestDatabase): Promise<Pause> => {
    const hold = await holdImports(database);
    await hold.after(50);
    later.resolve(hold);
    return { reached: () => waitsFor(database, 'advisory'), release: () => hold.after(75) };
  };
  await withStandstill(pauseTwice, async ({ workers, storeId, jobId, stopped }) => {
    const hold = await later.promise;
    const ofFirst = async () =>
      (await writtenBatches(workers.database, jobId)).filter(({ attempt }) => attempt === 1).length;
    await hold.reached(jobId);
    const before = await ofFirst();
    stopped.by.signal('SIGCONT');
    // It has left the import when it takes other work; nobody else is free.
    await expectToImport(workers, stopped.by);
    await hold.lift();
    expect(await workers.ended(jobId)).toMatchObject({ attempt: 2, interruptions: 1, totalRows: rows });
    expect(await ofFirst()).toBe(before);
    expect(await readResult(workers.database, storeId, jobId)).toEqual(expected);
  });
});

test('a worker that stands still while it writes the end of an import holds nobody up', async () => {
  await withStandstill(pauseAtEnd, async (standstill) => {
    const { workers, storeId, jobId, stopped, seconds } = standstill;
    expect(seconds).toBeLessThan(15);
    const ended = await workers.ended(jobId);
    stopped.by.signal('SIGCONT');
    await expectToWork(standstill);
    expect(await workers.job(jobId)).toEqual(ended);
    expect(await readResult(workers.database, storeId, jobId)).toEqual(expected);
  });
});
