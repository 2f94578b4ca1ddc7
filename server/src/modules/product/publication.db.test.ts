// @module-tag product
// @module-tag db
import { describe, expect, test } from 'vitest';
import { buildImportJob, buildStore } from '../../../test/builders.ts';
import { buildMarketplaceProduct, buildProduct } from '../../../test/catalogue.ts';
import { withRollback } from '../../../test/database.ts';
import { buildPublication, carryOut, countsOf } from '../../../test/publications.ts';
import type { PublicationJob, Store } from '../../generated/prisma/client.ts';
import type { Database, Db } from '../../platform/database.ts';
import { enqueueAutoPublish } from './publication.queue.ts';
import type { Selection } from './publication.selection.ts';
import { requestPublication } from './publication.service.ts';

const publishedNumbers = async (db: Db, { id: storeId }: Store): Promise<string[]> => {
  const where = { storeId, publishedAt: { not: null } };
  const products = await db.product.findMany({ where, include: { marketplaceProduct: true } });
  return products.map(({ marketplaceProduct }) => marketplaceProduct.marketplaceProductId).sort();
};

/** Which version of each row the table holds: the same texts mean that nothing was written. */
const versions = (db: Db) =>
  db.$queryRaw`SELECT id, xmin::text, published_at FROM products ORDER BY store_id, id`;

describe('publishing', () => {
  test.each([1, 2, 100])('in steps of %i gives the same, and twice changes nothing', (stepSize) =>
    withRollback(async (db) => {
      const store = await buildStore(db);
      for (const number of ['A', 'B', 'C']) await buildMarketplaceProduct(db, store, number);
      const unpriced = await buildMarketplaceProduct(db, store, 'D', { price: null });
      await buildMarketplaceProduct(db, store, 'E', { currency: 'USD' });
      await buildProduct(db, store, 'F');
      const taken = await buildProduct(db, store, 'G', {
        own: { publishedAt: null, withdrawnAt: new Date(), price: '3.00' },
      });
      await buildMarketplaceProduct(db, await buildStore(db), 'A');
      const first = await carryOut(db, await buildPublication(db, store), stepSize);
      expect(first).toMatchObject({
        status: 'COMPLETED',
        total: 7,
        refused: expect.arrayContaining([String(unpriced.id)]) as unknown,
      });
      expect(countsOf(first)).toEqual([4, 0, 1, 2]);
      expect(await publishedNumbers(db, store)).toEqual(['A', 'B', 'C', 'F', 'G']);
      const now = await db.product.findFirstOrThrow({ where: { id: taken.id } });
      expect([now.price?.toFixed(2), now.withdrawnAt]).toEqual(['3.00', null]);
      const before = await versions(db);
      const second = await carryOut(db, await buildPublication(db, store), stepSize);
      expect(countsOf(second)).toEqual([0, 0, 5, 2]);
      expect(await versions(db)).toEqual(before);
    }),
  );

  test('a product without a price of the feed is published with its own', () =>
    withRollback(async (db) => {
      const store = await buildStore(db);
      await buildProduct(db, store, 'A', {
        own: { publishedAt: null, price: '2.00' },
        feed: { price: null },
      });
      expect(countsOf(await carryOut(db, await buildPublication(db, store)))).toEqual([1, 0, 0, 0]);
    }));

  test('of many without a price the first hundred are named, and all are counted', () =>
    withRollback(async (db) => {
      const store = await buildStore(db);
      const { id: lastImportJobId } = await buildImportJob(db, { storeId: store.id });
      const keys = {
        storeId: store.id,
        storeName: '',
        marketplace: 'Letzshop',
        contentHash: '',
        lastImportJobId,
      };
      await db.marketplaceProduct.createMany({
        data: Array.from({ length: 130 }, (_, at) => ({ ...keys, marketplaceProductId: String(at + 1000) })),
      });
      const job = await carryOut(db, await buildPublication(db, store), 60);
      expect([job.refusedCount, (job.refused as string[]).length]).toEqual([130, 100]);
      expect(new Set(job.refused as string[]).size).toBe(100);
    }));

  test('is of what a filter lets through', () =>
    withRollback(async (db) => {
      const store = await buildStore(db);
      await buildMarketplaceProduct(db, store, 'A', { brand: 'One' }, { EN: 'Oak table' });
      await buildMarketplaceProduct(db, store, 'B', { brand: 'One' }, { EN: 'Oak chair' });
      await buildMarketplaceProduct(db, store, 'C', { brand: 'Two' }, { EN: 'Oak table' });
      const selection: Selection = { kind: 'filter', filter: { brand: ['One'], search: 'table' } };
      const job = await carryOut(db, await buildPublication(db, store, 'PUBLISH', selection), 1);
      expect([job.total, await publishedNumbers(db, store)]).toEqual([1, ['A']]);
    }));

  test('of a few is over when it is asked for, and of the same product twice is once', () =>
    withRollback(async (db) => {
      const store = await buildStore(db);
      const product = await buildMarketplaceProduct(db, store, 'A');
      const chosen = {
        ref: { kind: 'MarketplaceProduct', storeId: store.id, id: product.id } as const,
        path: [],
      };
      const publication = {
        store,
        action: 'PUBLISH',
        createdById: null,
        products: [chosen, chosen],
      } as const;
      const job = await requestPublication(db as Database['db'], publication);
      expect(job).toMatchObject({ status: 'COMPLETED', total: 1, publishedCount: 1 });
      expect(job.selection).toEqual({ kind: 'ids', ids: [] });
    }));

  test('of the few that a filter lets through is on record with the filter', () =>
    withRollback(async (db) => {
      const store = await buildStore(db);
      for (const number of ['A', 'B']) await buildMarketplaceProduct(db, store, number, { brand: 'One' });
      const products = { brand: ['One'] };
      const publication = { store, action: 'PUBLISH', createdById: null, products } as const;
      const job = await requestPublication(db as Database['db'], publication);
      expect(job).toMatchObject({ total: 2, selection: { kind: 'filter', filter: { brand: ['One'] } } });
    }));
});

describe('unpublishing', () => {
  test('keeps the product and its own values, and twice changes nothing', () =>
    withRollback(async (db) => {
      const store = await buildStore(db);
      await buildProduct(db, store, 'A', { own: { price: '2.00', isFeatured: true } });
      await buildMarketplaceProduct(db, store, 'B');
      const foreign = await buildProduct(db, await buildStore(db), 'A');
      const job = await carryOut(db, await buildPublication(db, store, 'UNPUBLISH'));
      expect(countsOf(job)).toEqual([0, 1, 1, 0]);
      const [product] = await db.product.findMany({ where: { storeId: store.id } });
      expect(product).toMatchObject({
        publishedAt: null,
        unpublishedAt: expect.any(Date) as Date,
        isFeatured: true,
      });
      expect(product?.price?.toFixed(2)).toBe('2.00');
      expect(await db.product.findFirst({ where: { id: foreign.id } })).toEqual(foreign);
      const before = await versions(db);
      expect(countsOf(await carryOut(db, await buildPublication(db, store, 'UNPUBLISH')))).toEqual([
        0, 0, 2, 0,
      ]);
      expect(await versions(db)).toEqual(before);
    }));

  test('of a product that would come back by itself keeps it away', () =>
    withRollback(async (db) => {
      const store = await buildStore(db);
      const { id } = await buildProduct(db, store, 'A', {
        own: { publishedAt: null, withdrawnAt: new Date() },
      });
      expect(countsOf(await carryOut(db, await buildPublication(db, store, 'UNPUBLISH')))).toEqual([
        0, 1, 0, 0,
      ]);
      expect(await db.product.findFirst({ where: { id } })).toMatchObject({
        publishedAt: null,
        withdrawnAt: null,
      });
      expect(countsOf(await carryOut(db, await buildPublication(db, store, 'UNPUBLISH')))).toEqual([
        0, 0, 1, 0,
      ]);
    }));
});

describe('what an import brought as new', () => {
  const start = new Date('2026-03-01T12:00:00Z');
  const earlier = new Date('2026-02-01T12:00:00Z');
  const during = new Date('2026-03-01T12:05:00Z');
  const since = new Date('2026-02-15T12:00:00Z');

  async function endImport(db: Db, values: Parameters<typeof buildStore>[1]) {
    const store = await buildStore(db, values);
    const counts = { importedCount: 2, updatedCount: 1 };
    const job = await buildImportJob(db, { storeId: store.id, startedAt: start, ...counts });
    const brought = { lastImportJobId: job.id };
    await buildMarketplaceProduct(db, store, 'new', { ...brought, createdAt: during });
    await buildMarketplaceProduct(db, store, 'new without a price', {
      ...brought,
      createdAt: during,
      price: null,
    });
    await buildMarketplaceProduct(db, store, 'changed', { ...brought, createdAt: earlier });
    await buildMarketplaceProduct(db, store, 'between', { createdAt: new Date('2026-02-20T12:00:00Z') });
    await buildMarketplaceProduct(db, store, 'gone', { ...brought, createdAt: during, missingSince: during });
    const feed = { ...brought, createdAt: during };
    await buildProduct(db, store, 'taken back', { own: { publishedAt: null, unpublishedAt: during }, feed });
    await buildProduct(db, store, 'priced meanwhile', { own: { publishedAt: null, price: '3.00' }, feed });
    await enqueueAutoPublish(db, job);
    const publications = await db.publicationJob.findMany({ where: { storeId: store.id } });
    return { store, job, publications };
  }

  test('is published when the store wants it, with what came since it does', () =>
    withRollback(async (db) => {
      const { store, job, publications } = await endImport(db, {
        autoPublish: true,
        autoPublishSince: since,
      });
      const [publication] = publications;
      expect(publication).toMatchObject({ importJobId: job.id, status: 'PENDING', action: 'PUBLISH' });
      const ended = await carryOut(db, publication as PublicationJob);
      expect(countsOf(ended)).toEqual([3, 0, 0, 1]);
      expect(await publishedNumbers(db, store)).toEqual(['between', 'new', 'priced meanwhile']);
    }));

  test('is all that is published when the store has only now begun to want it', () =>
    withRollback(async (db) => {
      const { store, publications } = await endImport(db, {
        autoPublish: true,
        autoPublishSince: new Date(),
      });
      await carryOut(db, publications[0] as PublicationJob);
      expect(await publishedNumbers(db, store)).toEqual(['new', 'priced meanwhile']);
    }));

  test.each([
    ['products have returned', { returnedCount: 1 }, 1],
    ['it has started over', { restartedAt: start }, 1],
    ['nothing else happened', { returnedCount: 0 }, 0],
  ])('is looked for when nothing was imported and %s: %o', (_what, values, jobs) =>
    withRollback(async (db) => {
      const store = await buildStore(db, { autoPublish: true, autoPublishSince: since });
      const job = await buildImportJob(db, { storeId: store.id, startedAt: start, ...values });
      await enqueueAutoPublish(db, job);
      expect(await db.publicationJob.count()).toBe(jobs);
    }),
  );

  test.each([
    ['failed', { status: 'FAILED', importedCount: 9 }, 1],
    ['was cancelled', { status: 'CANCELLED', importedCount: 9 }, 1],
    ['failed behind products that got a price', { status: 'FAILED', updatedCount: 9 }, 1],
    ['failed before its first row', { status: 'FAILED' }, 0],
    ['failed before the last look', { status: 'FAILED', importedCount: 9, completedAt: earlier }, 0],
  ] as const)(
    'is looked for when the import before %s, although this one brought nothing: %o',
    (_how, before, jobs) =>
      withRollback(async (db) => {
        const store = await buildStore(db, { autoPublish: true, autoPublishSince: earlier });
        const looked = await buildImportJob(db, { storeId: store.id, importedCount: 1, startedAt: earlier });
        await enqueueAutoPublish(db, looked);
        await db.publicationJob.updateMany({ data: { createdAt: start } });
        await buildImportJob(db, { storeId: store.id, startedAt: start, completedAt: during, ...before });
        await enqueueAutoPublish(db, await buildImportJob(db, { storeId: store.id, startedAt: during }));
        expect(await db.publicationJob.count()).toBe(1 + jobs);
      }),
  );

  test('is looked for again when the last look was given up, although nothing was imported since', () =>
    withRollback(async (db) => {
      const { store, publications } = await endImport(db, { autoPublish: true, autoPublishSince: since });
      const failed = { status: 'FAILED', completedAt: new Date() } as const;
      await db.publicationJob.update({ where: { id: publications[0]?.id }, data: failed });
      await enqueueAutoPublish(db, await buildImportJob(db, { storeId: store.id, startedAt: new Date() }));
      const again = await db.publicationJob.findFirstOrThrow({ where: { status: 'PENDING' } });
      await carryOut(db, again);
      expect(await publishedNumbers(db, store)).toEqual(['between', 'new', 'priced meanwhile']);
      await enqueueAutoPublish(db, await buildImportJob(db, { storeId: store.id, startedAt: new Date() }));
      expect(await db.publicationJob.count()).toBe(2);
    }));

  test('is left to people when the store no longer wants it by then', () =>
    withRollback(async (db) => {
      const { store, publications } = await endImport(db, { autoPublish: true, autoPublishSince: since });
      await db.store.update({ where: { id: store.id }, data: { autoPublish: false } });
      expect(countsOf(await carryOut(db, publications[0] as PublicationJob))).toEqual([0, 0, 0, 0]);
      expect(await publishedNumbers(db, store)).toEqual([]);
    }));

  test('is left to people when the store does not want it', () =>
    withRollback(async (db) => {
      const { publications } = await endImport(db, { autoPublish: false, autoPublishSince: since });
      expect(publications).toEqual([]);
    }));
});
