// @module-tag pipeline
// @module-tag db
import { describe, expect, test } from 'vitest';
import { buildImportJob, buildStore } from '../../test/builders.ts';
import { withDatabase, type TestDatabase } from '../../test/database.ts';
import { importFeed, type Imported } from '../../test/importing.ts';
import { pauseAt } from '../../test/pausing.ts';
import { readErrors, readProducts } from '../../test/stored.ts';
import { FencedError } from './write/batch.ts';

/** 23 rows: every fifth without a title, every seventh with the id of the one before, warnings in between. */
const feed = [
  'id,title,price,gtin',
  ...Array.from({ length: 23 }, (_, at) => {
    const id = at % 7 === 6 ? at - 1 : at;
    return `P${id},${at % 5 === 4 ? '' : `Product ${at}`},${at}.50,${at % 3 === 0 ? 'x' : ''}`;
  }),
].join('\n');

const result = ({ counts, codes, errors, products }: Imported) => ({ counts, codes, errors, products });
const undisturbed = () =>
  withDatabase(async (database) => result(await importFeed(database, { feed, batchSize: 4 })));

/** An import that is cancelled in the middle of its third batch, and the job as the next attempt finds it. */
async function interrupted(database: TestDatabase) {
  const pause = await pauseAt(database, 'P10');
  const stop = new AbortController();
  const running = importFeed(database, { feed, batchSize: 4, signal: stop.signal });
  await pause.reached();
  stop.abort();
  await pause.release();
  const first = await running;
  const { jobId, storeId } = first;
  await database.db.marketplaceImportJob.update({ where: { id: jobId }, data: { attempt: 2 } });
  return { first, resume: { jobId, storeId, attempt: 2, batchSize: 4 } };
}

/** Numbers and attempts of the batches on record. */
const written = async ({ db }: TestDatabase, jobId: string) =>
  (await db.marketplaceImportBatch.findMany({ where: { jobId }, orderBy: { batchNumber: 'asc' } })).map(
    ({ batchNumber, attempt }) => [batchNumber, attempt],
  );

test('an import that is cancelled ends behind the batch that is being written', () =>
  withDatabase(async (database) => {
    const { first } = await interrupted(database);
    expect(first.outcome?.kind).toBe('cancelled');
    expect(await written(database, first.jobId)).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
    expect(first.products.map(({ id }) => id)).toContain('P10');
  }));

test('B28 an import that goes on ends as an undisturbed one, and writes no batch twice', async () => {
  const expected = await undisturbed();
  await withDatabase(async (database) => {
    const { first, resume } = await interrupted(database);
    const before = await written(database, first.jobId);
    const second = await importFeed(database, { feed, ...resume, connections: 2 });
    expect(result(second)).toEqual(expected);
    expect((await written(database, first.jobId)).slice(0, before.length)).toEqual(before);
    expect(second.outcome).toMatchObject({ kind: 'finished', report: { totalProcessed: 23 } });
  });
});

test.each([
  ['the first', [1]],
  ['one in the middle', [3]],
  ['all but the first', [2, 3, 4, 5, 6]],
  ['all', [1, 2, 3, 4, 5, 6]],
])('when %s of the batches is missing it is written, and nothing else', async (_which, missing) => {
  const expected = await undisturbed();
  await withDatabase(async (database) => {
    const { jobId, storeId } = await importFeed(database, { feed, batchSize: 4 });
    await forget(database, jobId, storeId, missing);
    await database.db.marketplaceImportJob.update({ where: { id: jobId }, data: { attempt: 2 } });
    const second = await importFeed(database, {
      feed,
      jobId,
      storeId,
      attempt: 2,
      batchSize: 4,
      connections: 2,
    });
    expect(result(second)).toEqual(expected);
    const again = (await written(database, jobId)).filter(([, attempt]) => attempt === 2);
    expect(again.map(([number]) => number)).toEqual(missing);
  });
});

/** As though these batches had never been committed. */
async function forget(
  { db }: TestDatabase,
  jobId: string,
  storeId: string,
  numbers: readonly number[],
): Promise<void> {
  for (const batchNumber of numbers) {
    await db.marketplaceImportBatch.delete({ where: { jobId_batchNumber: { jobId, batchNumber } } });
    const rows = { gt: (batchNumber - 1) * 4, lte: batchNumber * 4 };
    await db.marketplaceImportError.deleteMany({ where: { jobId, rowNumber: rows } });
    const ids = Array.from({ length: 4 }, (_, at) => `P${(batchNumber - 1) * 4 + at}`);
    await db.$executeRaw`DELETE FROM marketplace_products WHERE store_id = ${storeId}::uuid AND marketplace_product_id = ANY(${ids})`;
  }
}

test.each([
  ['another feed', feed.replace('Product 2,', 'Other,'), {}],
  ['the same in another encoding', feed, { encoding: 'macintosh' }],
  ['other code', feed, { normaliserVersion: 999 }],
])('behind %s the counting starts over, and says so', (_what, next, change) =>
  withDatabase(async (database) => {
    const { first, resume } = await interrupted(database);
    const { jobId } = first;
    await database.db.marketplaceImportJob.update({ where: { id: jobId }, data: change });
    const second = await importFeed(database, { feed: next, ...resume });
    expect(second.counts.slice(0, 4).reduce((sum, count) => sum + count)).toBe(23);
    expect(new Set((await written(database, jobId)).map(([, attempt]) => attempt))).toEqual(new Set([2]));
    const job = await database.db.marketplaceImportJob.findUniqueOrThrow({ where: { id: jobId } });
    expect(job.restartedAt).not.toBeNull();
    expect(second.errors).toEqual(
      (await withDatabase((fresh) => importFeed(fresh, { feed: next, batchSize: 4 }))).errors,
    );
  }),
);

describe('an attempt that was replaced', () => {
  test('writes nothing when it is replaced before it begins', () =>
    withDatabase(async (database) => {
      const { first } = await interrupted(database);
      const before = await readProducts(database, first.storeId);
      const late = importFeed(database, { feed, jobId: first.jobId, storeId: first.storeId, attempt: 1 });
      await expect(late).rejects.toThrow(FencedError);
      expect(await readProducts(database, first.storeId)).toEqual(before);
    }));

  test.each([
    ['another attempt takes over', { attempt: 2 }],
    ['the job ends', { status: 'CANCELLED' as const }],
  ])('writes nothing more once %s, not even the batch that it is in', (_by, change) =>
    withDatabase(async (database) => {
      const { id: storeId } = await buildStore(database.db);
      const { id: jobId } = await buildImportJob(database.db, { storeId, status: 'PROCESSING', attempt: 1 });
      const pause = await pauseAt(database, 'P10');
      const late = importFeed(database, { feed, batchSize: 4, jobId, storeId });
      await pause.reached();
      await database.db.marketplaceImportJob.update({ where: { id: jobId }, data: change });
      // Asked before: it may fail while the pause is still being ended.
      const refused = expect(late).rejects.toThrow(FencedError);
      await pause.release();
      await refused;
      expect(await written(database, jobId)).toEqual([
        [1, 1],
        [2, 1],
      ]);
      expect((await readProducts(database, storeId)).map(({ id }) => id)).not.toContain('P8');
      expect((await readErrors(database, jobId)).every(({ row }) => row <= 8)).toBe(true);
    }),
  );
});
