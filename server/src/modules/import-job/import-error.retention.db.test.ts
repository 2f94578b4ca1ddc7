// @module-tag import-job
// @module-tag db
import { expect, onTestFinished, test } from 'vitest';
import { buildImportJob, buildStore } from '../../../test/builders.ts';
import { withDatabase, type TestDatabase } from '../../../test/database.ts';
import { until } from '../../../test/until.ts';
import { withFeedShop } from '../../../test/feed-shop.ts';
import { openErrorCsv } from './import-error.csv.ts';
import { loadErrorGroups } from './import-error.groups.ts';
import { pruneErrors, startErrorPruning } from './import-error.retention.ts';

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

/** An import that left one row out and ended so long ago, or runs. */
async function buildFaulty({ db }: TestDatabase, storeId: string, completedAt: Date | null) {
  const status = completedAt ? ('COMPLETED_WITH_ERRORS' as const) : ('PROCESSING' as const);
  const job = await buildImportJob(db, { storeId, completedAt, status, errorCount: 1, totalProcessed: 1 });
  await db.marketplaceImportBatch.create({
    data: { jobId: job.id, batchNumber: 1, attempt: 1, errorCount: 1, codeCounts: { MISSING_ID: 1 } },
  });
  const fault = { rowNumber: 1, ordinal: 0, lineNumber: 2, errorMessage: 'It has no id.' };
  await db.marketplaceImportError.create({
    data: { ...fault, jobId: job.id, errorType: 'MISSING_ID', severity: 'ERROR', code: 'MISSING_ID' },
  });
  return job.id;
}

const withDetails = async ({ db }: TestDatabase) =>
  (await db.marketplaceImportError.findMany({ orderBy: { jobId: 'asc' } })).map(({ jobId }) => jobId);

test('details of what ended long ago go, and no others; the counts stay', () =>
  withDatabase(async (database) => {
    const { db } = database;
    const { id: storeId } = await buildStore(db);
    const old = await buildFaulty(database, storeId, daysAgo(91));
    const recent = await buildFaulty(database, storeId, daysAgo(89));
    const running = await buildFaulty(database, storeId, null);
    const retention = { keepDays: 90, keepImports: 300 };
    expect(await Promise.all([pruneErrors(db, retention), pruneErrors(db, retention)])).toContain(1);
    expect(await withDetails(database)).toEqual([recent, running].sort());
    expect(await db.marketplaceImportJob.findUnique({ where: { id: old } })).toMatchObject({
      ...{ errorCount: 1, totalProcessed: 1 },
      errorsRemovedAt: expect.any(Date) as Date,
    });
    const groups = await loadErrorGroups(db, [old]);
    expect(groups.get(old)).toMatchObject([{ code: 'MISSING_ID', count: 1, sample: null }]);
    expect([await openErrorCsv(db, old), (await openErrorCsv(db, recent))?.fileName]).toEqual([
      null,
      expect.stringMatching(/\.csv$/),
    ]);
    expect(await pruneErrors(db, retention)).toBe(0);
  }));

test('a file of faults that go while it is sent breaks off', () =>
  withDatabase(async (database) => {
    const { db } = database;
    const { id: storeId } = await buildStore(db);
    const id = await buildFaulty(database, storeId, daysAgo(91));
    const pieces = (await openErrorCsv(db, id))?.chunks[Symbol.asyncIterator]();
    expect(await pieces?.next()).toMatchObject({ done: false });
    expect(await pruneErrors(db, { keepDays: 90, keepImports: 300 })).toBe(1);
    await expect(pieces?.next()).rejects.toThrow('were deleted while they were sent');
  }));

test('of each store the newest imports keep theirs, however many those of others are', () =>
  withDatabase(async (database) => {
    const { db } = database;
    const [one, other] = [await buildStore(db), await buildStore(db)];
    const build = (storeId: string, days: number) => buildFaulty(database, storeId, daysAgo(days));
    await build(one.id, 5);
    await build(one.id, 4);
    const newest = [await build(one.id, 2), await build(one.id, 3), await build(other.id, 80)];
    expect(await pruneErrors(db, { keepDays: 90, keepImports: 2 })).toBe(2);
    expect(await withDetails(database)).toEqual(newest.sort());
  }));

test('they go by themselves', () =>
  withDatabase(async (database) => {
    const { id: storeId } = await buildStore(database.db);
    await buildFaulty(database, storeId, daysAgo(400));
    const faults: unknown[] = [];
    const onFault = (fault: unknown) => void faults.push(fault);
    const pruner = startErrorPruning(database.db, { keepDays: 90, keepImports: 300 }, onFault);
    onTestFinished(() => pruner.stop());
    await until(async () => (await withDetails(database)).length === 0, 'the end of old details');
    expect(faults).toEqual([]);
  }));

test('a feed whose errors are gone is read again, however little is new', () =>
  withFeedShop(async ({ database, importOf, serve }) => {
    serve('id,title,price\nA,Atlas,12.00\nB,,9.00\n');
    const { id } = await importOf();
    await database.db.marketplaceImportJob.update({ where: { id }, data: { completedAt: daysAgo(91) } });
    expect(await pruneErrors(database.db, { keepDays: 90, keepImports: 300 })).toBe(1);
    const again = await importOf();
    expect([again.unchangedCount, again.errorCount, again.errorsRemovedAt]).toEqual([1, 1, null]);
    expect(await withDetails(database)).toEqual([again.id]);
  }));
