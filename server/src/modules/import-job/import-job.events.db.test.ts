// @module-tag import-job
// @module-tag db
import { inspect } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import { expect, onTestFinished, test } from 'vitest';
import { buildImportJob, buildStore } from '../../../test/builders.ts';
import { buses, type BusKind } from '../../../test/buses.ts';
import { withDatabase, type TestDatabase } from '../../../test/database.ts';
import { serveFeeds } from '../../../test/feed-server.ts';
import { changeJob, Somebody, staffOf } from '../../../test/following.ts';
import { withImportNode } from '../../../test/import-node.ts';
import { until } from '../../../test/until.ts';
import { openImportEvents } from '../../cli/import-events.ts';
import { createJobPublisher, noticeOf } from '../../platform/job-notices.ts';
import { createLog } from '../../platform/log.ts';
import { createJobAnnouncer } from './import-job.announcer.ts';
import { bridgeJobs } from './import-job.bridge.ts';
import type { WatchedJob } from './import-job.record.ts';
import { cancelImport, createImportJob } from './import-job.service.ts';
import { hasEnded } from './import-job.state.ts';

const inProcess = buses[0] as BusKind;

const feedOf = (rows: number) =>
  Buffer.from(
    `id,title,price\n${Array.from({ length: rows }, (_, at) => `P${at},Product ${at},9.50\n`).join('')}`,
  );

/** What a node without Redis announces of an import of so many rows, and what was committed when it did. */
async function watchImport(
  { db, url }: TestDatabase,
  rows: number,
  whenRunning: (id: string) => Promise<void> = async () => undefined,
) {
  const { id: storeId, code: storeCode } = await buildStore(db);
  const origin = await serveFeeds({ '/feed.csv': feedOf(rows) });
  const announced: WatchedJob[] = [];
  const committed: Promise<number>[] = [];
  const id = uuidv7();
  const count = async () => {
    const { _sum: sum } = await db.marketplaceImportBatch.aggregate({
      where: { jobId: id },
      _sum: { importedCount: true },
    });
    return sum.importedCount ?? 0;
  };
  const running: Promise<void>[] = [];
  await withImportNode(
    { db, url },
    async (node) => {
      await createImportJob(db, node.queue, id, {
        ...{ storeCode, sourceUrl: `${origin}/feed.csv`, language: 'EN', batchSize: 100, createdById: null },
      });
      await node.ended(id);
    },
    (job) => {
      announced.push(job);
      committed.push(count());
      if (job.totalProcessed > 0 && running.length === 0) running.push(whenRunning(id));
    },
  );
  await Promise.all(running);
  return { storeId, announced, committed: await Promise.all(committed) };
}

test('all that happens to an import is announced in order, never ahead of what is committed', () =>
  withDatabase(async (database) => {
    const { announced, committed } = await watchImport(database, 6_000);
    const revisions = announced.map(({ revision }) => revision);
    expect(revisions).toEqual([...new Set(revisions)].toSorted((a, b) => a - b));
    const counts = announced.map(({ importedCount }) => importedCount);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    // What is read after an announcement may be more, never less.
    announced.forEach(({ importedCount }, at) => expect(committed[at]).toBeGreaterThanOrEqual(importedCount));
    const last = announced.at(-1);
    expect(announced[0]).toMatchObject({ status: 'PROCESSING', phase: null, totalProcessed: 0 });
    expect(last).toMatchObject({ status: 'COMPLETED', importedCount: 6_000, totalRows: 6_000 });
    expect(announced.filter(({ status }) => hasEnded(status))).toHaveLength(1);
    const { store, createdBy, ...record } = last as WatchedJob;
    expect([store.id, createdBy]).toEqual([last?.storeId, null]);
    expect(await database.db.marketplaceImportJob.findUnique({ where: { id: last?.id ?? '' } })).toEqual(
      record,
    );
  }));

test('a cancellation from elsewhere is newer than what the runner has said, and older than the end', () =>
  withDatabase(async (database) => {
    let asked = 0;
    const { announced } = await watchImport(database, 40_000, async (id) => {
      asked = (await cancelImport(database.db, id)).revision;
    });
    const before = announced.filter(({ cancelRequestedAt }) => cancelRequestedAt === null);
    expect(asked).toBeGreaterThan(Math.max(...before.map(({ revision }) => revision)));
    expect(announced.at(-1)).toMatchObject({ status: 'CANCELLED' });
    expect(announced.at(-1)?.revision).toBeGreaterThan(asked);
  }));

/** A node without Redis that serves subscriptions and runs no imports. */
async function openServingNode({ db, url }: TestDatabase) {
  const bus = inProcess.open();
  const events = await openImportEvents(
    { db, bus, databaseUrl: url },
    { redisUrl: null },
    createLog('silent'),
  );
  onTestFinished(async () => {
    await events.close();
    await bus.close();
  });
  const published: WatchedJob[] = [];
  await bus.subscribe('importJob', (job) => published.push(job));
  const notices = createJobPublisher(db, () => undefined);
  return { bus, watch: events.watch, published, own: createJobAnnouncer(bus, notices) };
}

test('without Redis a node hears of what other processes do, ahead of the record too', () =>
  withDatabase(async (database) => {
    const { db } = database;
    const job = await buildImportJob(db, { status: 'PROCESSING' });
    const { watch } = await openServingNode(database);
    const elsewhere = createJobPublisher(db, () => undefined);
    const stream = await watch.watchJob(job.id, new Somebody(staffOf(job.storeId)));
    await stream?.next();
    elsewhere.publish({ ...job, revision: 5, totalProcessed: 3, bytesRead: 2n ** 33n, phase: 'rows' });
    expect((await stream?.next())?.value).toMatchObject({
      ...{ revision: 5, totalProcessed: 3, bytesRead: 2n ** 33n, phase: 'rows' },
      store: { id: job.storeId },
    });
    const ended = await changeJob(db, job.id, {
      revision: 9,
      status: 'FAILED',
      failureMessage: 'x'.repeat(5_000),
    });
    elsewhere.publish(ended);
    expect((await stream?.next())?.value).toEqual(ended);
  }));

test('a job that cannot be read when a notice of it comes is read a moment later', () =>
  withDatabase(async ({ db }) => {
    const job = await buildImportJob(db, { status: 'PROCESSING' });
    const bus = inProcess.open();
    const [published, errors]: [WatchedJob[], unknown[]] = [[], []];
    await bus.subscribe('importJob', (event) => published.push(event));
    const bridge = await bridgeJobs({ db, bus, onError: (error) => errors.push(error) });
    await db.$executeRaw`ALTER TABLE marketplace_import_jobs RENAME TO jobs_elsewhere`;
    bridge.onNotice(noticeOf({ ...job, revision: 7, status: 'COMPLETED' }));
    await until(() => errors.length > 0);
    await db.$executeRaw`ALTER TABLE jobs_elsewhere RENAME TO marketplace_import_jobs`;
    await until(() => published.length > 0);
    expect(published).toMatchObject([{ id: job.id, revision: 7, status: 'COMPLETED' }]);
    await bridge.close();
  }));

test('what a node does itself is told once', () =>
  withDatabase(async (database) => {
    const { db } = database;
    const [job, other] = [await buildImportJob(db), await buildImportJob(db)];
    const { published, own } = await openServingNode(database);
    for (const totalProcessed of [1, 2, 3]) {
      own.publish(await changeJob(db, job.id, { totalProcessed }));
      await own.settled();
    }
    createJobPublisher(db, () => undefined).publish(await changeJob(db, other.id, {}));
    await until(() => published.some(({ id }) => id === other.id));
    expect(published.map(({ totalProcessed }) => totalProcessed)).toEqual([1, 2, 3, 0]);
  }));

test('what is missed while the database is away is read again', () =>
  withDatabase(async (database) => {
    const { db } = database;
    const job = await buildImportJob(db, { status: 'PROCESSING' });
    const { watch } = await openServingNode(database);
    const stream = await watch.watchJob(job.id, new Somebody(staffOf(job.storeId)));
    await stream?.next();
    await changeJob(db, job.id, { status: 'COMPLETED' });
    await db.$queryRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'job notices'`;
    expect((await stream?.next())?.value).toMatchObject({ status: 'COMPLETED' });
  }));

test('no secret of a feed or of a person leaves the process with an event', () =>
  withDatabase(async ({ db }) => {
    const address = (name: string) => `https://user:s3cret@feeds.example/${name}.csv?token=s3cret`;
    const { id: storeId } = await buildStore(db, {
      ...{
        letzshopCsvUrlFr: address('fr'),
        letzshopCsvUrlEn: address('en'),
        letzshopCsvUrlDe: address('de'),
      },
    });
    const job = await buildImportJob(db, { storeId, sourceUrl: address('all'), sourceEtag: 's3cret' });
    const bus = inProcess.open();
    const published: WatchedJob[] = [];
    await bus.subscribe('importJob', (event) => published.push(event));
    const user = { id: 'u', name: 'Somebody', passwordHash: 's3cret' } as WatchedJob['createdBy'];
    const store = await db.store.findUniqueOrThrow({ where: { id: job.storeId } });
    const announcer = createJobAnnouncer(
      bus,
      createJobPublisher(db, () => undefined),
    );
    announcer.publish({ ...job, store, createdBy: user });
    await announcer.settled();
    const shown = (name: string) => `https://***@feeds.example/${name}.csv?token=***`;
    expect(published).toMatchObject([
      {
        ...{ id: job.id, sourceUrl: shown('all'), createdBy: { id: 'u', name: 'Somebody' } },
        store: {
          letzshopCsvUrlFr: shown('fr'),
          letzshopCsvUrlEn: shown('en'),
          letzshopCsvUrlDe: shown('de'),
        },
      },
    ]);
    expect(inspect(published, { depth: 5 })).not.toContain('s3cret');
  }));
