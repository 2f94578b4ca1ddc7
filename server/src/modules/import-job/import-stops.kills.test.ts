// @module-tag import-job
// @module-tag faults
import { beforeAll, expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { withDatabase, type TestDatabase } from '../../../test/database.ts';
import { serveFeeds } from '../../../test/feed-server.ts';
import { readResult, undisturbed, type ImportResult } from '../../../test/import-result.ts';
import { pauseAt, pauseAtEnd, type Pause } from '../../../test/pausing.ts';
import { withWorkers, type Announcement, type Workers } from '../../../test/worker-processes.ts';
import { benchmarkFeed } from '../../demo/benchmark-feed.ts';

const rows = 30_000;
const feed = Buffer.concat([...benchmarkFeed({ rows, badShare: 0.1 })]);
const batchSize = 300;
/** A product of batch 50 of 100. */
const inTheMiddle = 'B00014703';
let expected: ImportResult;
beforeAll(async () => {
  expected = await undisturbed({ feed, batchSize });
}, 60_000);

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

/** Lets the one that stood still run an import all alone. */
async function expectToWork({ workers, stopped, replaced }: Standstill): Promise<void> {
  replaced.by.signal('SIGTERM');
  expect(await replaced.by.ended).toBe(0);
  await buildStore(workers.database.db, { name: 'Shop', code: 'other' });
  const origin = await serveFeeds({ '/small.csv': Buffer.from('id,title,price\nA,Atlas,12.00\n') });
  const jobId = await workers.enqueue('other', `${origin}/small.csv`);
  expect((await workers.claimed(jobId, 1)).by).toBe(stopped.by);
  expect(await workers.ended(jobId)).toMatchObject({ status: 'COMPLETED', importedCount: 1 });
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
  await withStandstill(
    (database) => pauseAt(database, inTheMiddle),
    async (standstill) => {
      const { workers, storeId, jobId, stopped } = standstill;
      const ofFirst = async () =>
        (await writtenBatches(workers.database, jobId)).filter(({ attempt }) => attempt === 1).length;
      const before = await ofFirst();
      stopped.by.signal('SIGCONT');
      expect(await workers.ended(jobId)).toMatchObject({ attempt: 2, interruptions: 1, totalRows: rows });
      expect(await ofFirst()).toBe(before);
      expect(await readResult(workers.database, storeId, jobId)).toEqual(expected);
      await expectToWork(standstill);
    },
  );
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
