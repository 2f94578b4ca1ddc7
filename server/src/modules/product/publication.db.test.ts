// @module-tag product
// @module-tag db
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { buildImportJob, buildStore } from '../../../test/builders.ts';
import { buildMarketplaceProduct, buildProduct } from '../../../test/catalogue.ts';
import { withDatabase, withRollback, type TestDatabase } from '../../../test/database.ts';
import { insertManyProducts } from '../../../test/many-products.ts';
import type { Prisma, PublicationAction, PublicationJob, Store } from '../../generated/prisma/client.ts';
import { openBus } from '../../platform/bus.ts';
import type { Database, Db } from '../../platform/database.ts';
import { enqueueAutoPublish } from './publication.queue.ts';
import { isOver } from './publication.record.ts';
import { advancePublication, noteFailure } from './publication.run.ts';
import type { Selection } from './publication.selection.ts';
import { requestPublication } from './publication.service.ts';
import { takeStep } from './publication.step.ts';
import { Publisher } from './publisher.ts';

const everything: Selection = { kind: 'filter', filter: {} };

const buildJob = (
  db: Db,
  { id: storeId }: Store,
  action: PublicationAction = 'PUBLISH',
  selection: Selection = everything,
): Promise<PublicationJob> =>
  db.publicationJob.create({
    data: { storeId, action, selection: { ...selection } as Prisma.InputJsonObject },
  });

/** The job, carried out step by step. */
async function carryOut(db: Db, { id }: PublicationJob, stepSize?: number): Promise<PublicationJob> {
  for (;;) {
    const job = await advancePublication(db as Database['db'], id, stepSize);
    if (!job) throw new Error('Nothing was left to be done.');
    if (isOver(job)) return job;
  }
}

const countsOf = ({ publishedCount, unpublishedCount, unchangedCount, refusedCount }: PublicationJob) => [
  ...[publishedCount, unpublishedCount, unchangedCount, refusedCount],
];

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
      const first = await carryOut(db, await buildJob(db, store), stepSize);
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
      const second = await carryOut(db, await buildJob(db, store), stepSize);
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
      expect(countsOf(await carryOut(db, await buildJob(db, store)))).toEqual([1, 0, 0, 0]);
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
      const job = await carryOut(db, await buildJob(db, store), 60);
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
      const job = await carryOut(db, await buildJob(db, store, 'PUBLISH', selection), 1);
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
    }));
});

describe('unpublishing', () => {
  test('keeps the product and its own values, and twice changes nothing', () =>
    withRollback(async (db) => {
      const store = await buildStore(db);
      await buildProduct(db, store, 'A', { own: { price: '2.00', isFeatured: true } });
      await buildMarketplaceProduct(db, store, 'B');
      const foreign = await buildProduct(db, await buildStore(db), 'A');
      const job = await carryOut(db, await buildJob(db, store, 'UNPUBLISH'));
      expect(countsOf(job)).toEqual([0, 1, 1, 0]);
      const [product] = await db.product.findMany({ where: { storeId: store.id } });
      expect(product).toMatchObject({ publishedAt: null, isFeatured: true });
      expect(product?.price?.toFixed(2)).toBe('2.00');
      expect(await db.product.findFirst({ where: { id: foreign.id } })).toEqual(foreign);
      const before = await versions(db);
      expect(countsOf(await carryOut(db, await buildJob(db, store, 'UNPUBLISH')))).toEqual([0, 0, 2, 0]);
      expect(await versions(db)).toEqual(before);
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
    await buildProduct(db, store, 'taken back', {
      own: { publishedAt: null },
      feed: { ...brought, createdAt: during },
    });
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
      expect(countsOf(ended)).toEqual([2, 0, 0, 1]);
      expect(await publishedNumbers(db, store)).toEqual(['between', 'new']);
    }));

  test('is all that is published when the store has only now begun to want it', () =>
    withRollback(async (db) => {
      const { store, publications } = await endImport(db, {
        autoPublish: true,
        autoPublishSince: new Date(),
      });
      await carryOut(db, publications[0] as PublicationJob);
      expect(await publishedNumbers(db, store)).toEqual(['new']);
    }));

  test('is left to people when the store does not want it', () =>
    withRollback(async (db) => {
      const { publications } = await endImport(db, { autoPublish: false, autoPublishSince: since });
      expect(publications).toEqual([]);
    }));
});

describe('a job', () => {
  /** A node that publishes in small steps, stopped when the test is over. */
  function openNode(
    { db }: TestDatabase,
    options: { readonly sweepMs?: number; readonly stepSize?: number } = {},
  ) {
    const bus = openBus({ redisUrl: null, onError: () => undefined });
    const errors: unknown[] = [];
    const onError = (error: unknown) => void errors.push(error);
    const publisher = new Publisher({ db, bus, onError, sweepMs: 50, stepSize: 2, ...options });
    onTestFinished(() => publisher.stop());
    return { publisher, bus, errors };
  }

  async function until(
    db: Db,
    { id }: PublicationJob,
    wish: (job: PublicationJob) => boolean,
  ): Promise<PublicationJob> {
    for (;;) {
      const job = await db.publicationJob.findUniqueOrThrow({ where: { id } });
      if (wish(job)) return job;
      await wait(20);
    }
  }

  async function buildNine(db: Db): Promise<Store> {
    const store = await buildStore(db);
    for (let at = 1; at <= 9; at++) await buildMarketplaceProduct(db, store, `P-${at}`, {}, {});
    return store;
  }

  test('that a node left behind in the middle is finished by another, each product once', () =>
    withDatabase(async (database) => {
      const { db } = database;
      const store = await buildNine(db);
      const job = await buildJob(db, store);
      await advancePublication(db, job.id, 2);
      await advancePublication(db, job.id, 2);
      // As if it had been silent for long.
      await db.$executeRaw`UPDATE publication_jobs SET updated_at = now() - interval '1 minute'`;
      openNode(database);
      const ended = await until(db, job, isOver);
      expect([ended.status, ended.total, ...countsOf(ended)]).toEqual(['COMPLETED', 9, 9, 0, 0, 0]);
    }));

  test('that nobody was told of is found', () =>
    withDatabase(async (database) => {
      const job = await buildJob(database.db, await buildNine(database.db));
      openNode(database);
      expect(await until(database.db, job, isOver)).toMatchObject({ status: 'COMPLETED' });
    }));

  test('is carried out once although several nodes are told of it at once', () =>
    withDatabase(async (database) => {
      const job = await buildJob(database.db, await buildNine(database.db));
      const nodes = [openNode(database), openNode(database), openNode(database)];
      for (const { publisher } of nodes) publisher.start(job.id);
      const ended = await until(database.db, job, isOver);
      expect(countsOf(ended)).toEqual([9, 0, 0, 0]);
      expect(nodes.flatMap(({ errors }) => errors)).toEqual([]);
    }));

  test('of a node whose session died in the middle of a step has lost that step and no other', () =>
    withDatabase(async (database) => {
      const { db } = database;
      const store = await buildNine(db);
      const job = await buildJob(db, store);
      await advancePublication(db, job.id, 2);
      const before = await advancePublication(db, job.id, 2);
      const broken = db.$transaction(async (transaction) => {
        const step = { store, action: 'PUBLISH', selection: everything, after: null, size: 100 } as const;
        await takeStep(transaction, step);
        await transaction.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())::text`;
      });
      await expect(broken).rejects.toThrow();
      expect(await db.publicationJob.findUnique({ where: { id: job.id } })).toEqual(before);
      expect(await db.product.count()).toBe(2);
      expect(countsOf(await carryOut(db, job, 2))).toEqual([9, 0, 0, 0]);
    }));

  test('whose steps fail again and again is given up, and what was done stays', () =>
    withRollback(async (db) => {
      const job = await buildJob(db, await buildStore(db));
      for (let at = 1; at < 5; at++) expect((await noteFailure(db, job.id))?.status).toBe('PROCESSING');
      expect(await noteFailure(db, job.id)).toMatchObject({
        status: 'FAILED',
        completedAt: expect.any(Date) as Date,
      });
      expect(await noteFailure(db, job.id)).toBeNull();
      expect(await advancePublication(db as Database['db'], job.id)).toBeNull();
    }));
});

test(
  'two that publish and unpublish the same products at once both come to an end',
  { timeout: 60_000 },
  () =>
    withDatabase(async ({ db, url }) => {
      const store = await buildStore(db);
      const { id: lastImportJobId } = await buildImportJob(db, { storeId: store.id });
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await insertManyProducts(client, { storeId: store.id, count: 3_000, prefix: 'P-', lastImportJobId });
      await client.end();
      const jobs = [];
      for (let at = 0; at < 4; at++) jobs.push(await buildJob(db, store, at % 2 ? 'UNPUBLISH' : 'PUBLISH'));
      const ended = await Promise.all(jobs.map((job) => carryOut(db, job, 500)));
      expect(ended.map(({ status, total }) => [status, total])).toEqual(jobs.map(() => ['COMPLETED', 3_000]));
    }),
);
