// @module-tag pipeline
// @module-tag db
import { expect, test } from 'vitest';
import { withDatabase } from '../../test/database.ts';
import { importFeed, readCounts, withTask } from '../../test/importing.ts';
import { runImport } from './run.ts';

test(
  'D55 of 101,000 rows in error 100,000 are kept in detail, and all are counted',
  { timeout: 60_000 },
  () =>
    withDatabase(async (database) => {
      const feed = [
        'id,title,price',
        ...Array.from({ length: 101_000 }, (_, at) => `${at},,x`),
        'A,a,5',
      ].join('\n');
      const stored = await withoutErrors(database, { feed, batchSize: 5000, connections: 2 });
      expect(stored.counts).toEqual([1, 0, 0, 101_000, 0]);
      expect(stored.codes).toEqual({ MISSING_TITLE: 101_000, PRICE_UNREADABLE: 101_000 });
      expect(stored.kept).toEqual({ details: 200_000, last: 100_000 });
    }),
);

test('of each warning 1,000 are kept in detail, the first of the feed, and all are counted', () =>
  withDatabase(async (database) => {
    const rows = Array.from({ length: 2500 }, (_, at) => `${at},a,,${at % 2 === 0 ? 'x' : ''}`);
    const feed = ['id,title,price,gtin', ...rows].join('\n');
    const { counts, codes, errors } = await importFeed(database, { feed, batchSize: 100, connections: 4 });
    expect([counts, codes]).toEqual([[2500, 0, 0, 0, 3750], { PRICE_MISSING: 2500, GTIN_MALFORMED: 1250 }]);
    const rowsOf = (code: string) => errors.filter((error) => error.code === code).map(({ row }) => row);
    expect([rowsOf('PRICE_MISSING').length, rowsOf('PRICE_MISSING').at(-1)]).toEqual([1000, 1000]);
    expect([rowsOf('GTIN_MALFORMED').length, rowsOf('GTIN_MALFORMED').at(-1)]).toEqual([1000, 1999]);
  }));

test('what is kept of warnings is the same after an interruption', () =>
  withDatabase(async (database) => {
    const feed = ['id,title,price', ...Array.from({ length: 2200 }, (_, at) => `${at},a,`)].join('\n');
    const { jobId, storeId, errors } = await importFeed(database, { feed, batchSize: 100, connections: 2 });
    // The middle of the kept ones is lost, and what lies behind them is there.
    await database.db.marketplaceImportBatch.deleteMany({
      where: { jobId, batchNumber: { in: [5, 9, 10, 11, 20] } },
    });
    const lost = [5, 9, 10].map((number) => ({ rowNumber: { gt: (number - 1) * 100, lte: number * 100 } }));
    await database.db.marketplaceImportError.deleteMany({ where: { jobId, OR: lost } });
    await database.db.marketplaceImportJob.update({ where: { id: jobId }, data: { attempt: 2 } });
    const resumed = await importFeed(database, {
      ...{ feed, jobId, storeId, attempt: 2 },
      ...{ batchSize: 100, connections: 2 },
    });
    expect(errors.at(-1)?.row).toBe(1000);
    expect(resumed.errors).toEqual(errors);
  }));

test('an import of more rows than there may be keeps those before, and is refused', () =>
  withDatabase(async (database) => {
    const feed = 'id,title,price\n1,a,5\n2,b,5\n3,c,5\n';
    await withTask(database, { feed, batchSize: 1 }, async (task) => {
      const limited = { ...task, limits: { ...task.limits, rows: 2 } };
      const running = runImport(limited, () => undefined, new AbortController().signal);
      await expect(running).rejects.toMatchObject({ code: 'TOO_MANY_ROWS' });
      expect((await readCounts(database, task.jobId)).counts).toEqual([2, 0, 0, 0, 0]);
    });
  }));

/** What is left of an import with too many errors to look at each. */
async function withoutErrors(...[database, importing]: Parameters<typeof importFeed>) {
  return withTask(database, importing, async (task) => {
    await runImport(task, () => undefined, new AbortController().signal);
    const { jobId } = task;
    const kept = await database.db.marketplaceImportError.aggregate({
      where: { jobId },
      _count: true,
      _max: { rowNumber: true },
    });
    const sums = await readCounts(database, jobId);
    return { ...sums, kept: { details: kept._count, last: kept._max.rowNumber } };
  });
}
