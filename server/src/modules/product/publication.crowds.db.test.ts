// @module-tag product
// @module-tag db
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { buildImportJob, buildStore } from '../../../test/builders.ts';
import { buildMarketplaceProduct, buildProduct } from '../../../test/catalogue.ts';
import { withDatabase, withRollback, type TestDatabase } from '../../../test/database.ts';
import { until } from '../../../test/until.ts';
import { importFeed } from '../../../test/importing.ts';
import { insertManyProducts } from '../../../test/many-products.ts';
import { waitForLocks } from '../../../test/pausing.ts';
import { buildPublication, carryOut, countsOf, everything } from '../../../test/publications.ts';
import type { MarketplaceProduct, PublicationJob, Store } from '../../generated/prisma/client.ts';
import { openBus } from '../../platform/bus.ts';
import type { Database, Db } from '../../platform/database.ts';
import { lockCatalogue } from './product.lock.ts';
import { updateProducts } from './product.update.ts';
import { isOver } from './publication.record.ts';
import { advancePublication, findOpenPublications, noteFailure } from './publication.run.ts';
import { mostWaiting, requestPublication } from './publication.service.ts';
import { takeStep } from './publication.step.ts';
import { Publisher } from './publisher.ts';

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

async function untilOver(db: Db, { id }: PublicationJob): Promise<PublicationJob> {
  const find = () => db.publicationJob.findUniqueOrThrow({ where: { id } });
  await until(async () => isOver(await find()), 'the end of the job');
  return find();
}

async function buildNine(db: Db): Promise<Store> {
  const store = await buildStore(db);
  for (let at = 1; at <= 9; at++) await buildMarketplaceProduct(db, store, `P-${at}`, {}, {});
  return store;
}

describe('a job', () => {
  test('that a node left behind in the middle is finished by another, each product once', () =>
    withDatabase(async (database) => {
      const { db } = database;
      const store = await buildNine(db);
      const job = await buildPublication(db, store);
      await advancePublication(db, job.id, 2);
      await advancePublication(db, job.id, 2);
      // As if it had been silent for long.
      await db.$executeRaw`UPDATE publication_jobs SET updated_at = now() - interval '1 minute'`;
      openNode(database);
      const ended = await untilOver(db, job);
      expect([ended.status, ended.total, ...countsOf(ended)]).toEqual(['COMPLETED', 9, 9, 0, 0, 0]);
    }));

  test('that nobody was told of is found', () =>
    withDatabase(async (database) => {
      const job = await buildPublication(database.db, await buildNine(database.db));
      openNode(database);
      expect(await untilOver(database.db, job)).toMatchObject({ status: 'COMPLETED' });
    }));

  test('is not kept waiting by those that another node has in hands for long', () =>
    withDatabase(async (database) => {
      const { db } = database;
      const jobs = [];
      for (let at = 0; at < 3; at++) jobs.push(await buildPublication(db, await buildStore(db)));
      const [first, second, third] = jobs as [PublicationJob, PublicationJob, PublicationJob];
      const inHands = async (transaction: Db) => {
        const ids = [first.id, second.id];
        await transaction.$queryRaw`SELECT 1 FROM publication_jobs WHERE id = ANY(${ids}::uuid[]) FOR UPDATE`;
        openNode(database);
        return untilOver(transaction, third);
      };
      expect(await db.$transaction(inHands, { timeout: 20_000 })).toMatchObject({ status: 'COMPLETED' });
    }));

  test('is carried out once although several nodes are told of it at once', () =>
    withDatabase(async (database) => {
      const job = await buildPublication(database.db, await buildNine(database.db));
      const nodes = [openNode(database), openNode(database), openNode(database)];
      for (const { publisher } of nodes) publisher.start(job.id);
      const ended = await untilOver(database.db, job);
      expect(countsOf(ended)).toEqual([9, 0, 0, 0]);
      expect(nodes.flatMap(({ errors }) => errors)).toEqual([]);
    }));

  test('of a node whose session died in the middle of a step has lost that step and no other', () =>
    withDatabase(async (database) => {
      const { db } = database;
      const store = await buildNine(db);
      const job = await buildPublication(db, store);
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
      const job = await buildPublication(db, await buildStore(db));
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
  'of those that publish and unpublish the same products at once the last holds, whoever carries them out',
  { timeout: 60_000 },
  () =>
    withDatabase(async (database) => {
      const { db, url } = database;
      const store = await buildStore(db);
      const { id: lastImportJobId } = await buildImportJob(db, { storeId: store.id });
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await insertManyProducts(client, { storeId: store.id, count: 3_000, prefix: 'P-', lastImportJobId });
      await client.end();
      const jobs = [];
      for (let at = 0; at < 4; at++)
        jobs.push(await buildPublication(db, store, at % 2 ? 'UNPUBLISH' : 'PUBLISH'));
      const nodes = [openNode(database, { stepSize: 500 }), openNode(database, { stepSize: 500 })];
      for (const { publisher } of nodes) for (const { id } of jobs.toReversed()) publisher.start(id);
      const ended = await Promise.all(jobs.map((job) => untilOver(db, job)));
      expect(ended.map(countsOf)).toEqual(
        jobs.map((_job, at) => (at % 2 ? [0, 3_000, 0, 0] : [3_000, 0, 0, 0])),
      );
      expect(await db.product.count({ where: { publishedAt: { not: null } } })).toBe(0);
    }),
);

test('a step that waited for the catalogue leaves the turn to what was asked for before it', () =>
  withDatabase(async (database) => {
    const { db } = database;
    const store = await buildNine(db);
    const { job, waiting } = await db.$transaction(async (transaction) => {
      await lockCatalogue(transaction, store.id);
      // On record only when this is committed, as what the end of an import asks for.
      await buildPublication(transaction, store);
      const last = await buildPublication(db, store, 'UNPUBLISH');
      await advancePublication(db, last.id, 2);
      const step = advancePublication(db, last.id, 2);
      await waitForLocks(database, 1);
      return { job: last, waiting: step };
    });
    await waiting;
    await db.$executeRaw`UPDATE publication_jobs SET updated_at = now() - interval '1 minute'`;
    openNode(database);
    expect(countsOf(await untilOver(db, job))).toEqual([0, 9, 0, 0]);
    expect(await db.product.count({ where: { publishedAt: { not: null } } })).toBe(0);
  }));

test('a store that asks for one after the other leaves turns to the others', () =>
  withRollback(async (db) => {
    const [busy, other] = [await buildStore(db), await buildStore(db)];
    await carryOut(db, await buildPublication(db, busy));
    const [second, first] = [await buildPublication(db, busy), await buildPublication(db, other)];
    expect(await findOpenPublications(db, 2)).toEqual([first.id, second.id]);
  }));

test('of one store only so many wait', () =>
  withDatabase(async ({ db }) => {
    const [store, other] = [await buildNine(db), await buildNine(db)];
    for (let at = 0; at < mostWaiting; at++) await buildPublication(db, store);
    const ask = (of: Store) =>
      requestPublication(db, { store: of, action: 'PUBLISH', createdById: null, products: {} });
    await expect(ask(store)).rejects.toThrow('Try again');
    expect(await db.publicationJob.count({ where: { storeId: store.id } })).toBe(mostWaiting);
    expect((await ask(other)).status).toBe('COMPLETED');
  }));

test.each([
  ['at once', false],
  ['when its turn comes', true],
])('what a filter no longer lets through is left alone by what is done %s', (_when, waits) =>
  withDatabase(async (database) => {
    const { db } = database;
    const store = await buildNine(db);
    await carryOut(db, await buildPublication(db, store));
    await db.marketplaceProduct.updateMany({ data: { missingSince: new Date() } });
    const products = { catalogue: { missing: true } };
    const { asked, before } = await db.$transaction(async (transaction) => {
      await lockCatalogue(transaction, store.id);
      const before = waits ? await buildPublication(transaction, store) : null;
      const asked = requestPublication(db, { store, action: 'UNPUBLISH', createdById: null, products });
      await waitForLocks(database, 1);
      // As the end of an import does that has them again.
      const ofOthers = { marketplaceProductId: { not: 'P-1' } };
      await transaction.marketplaceProduct.updateMany({ where: ofOthers, data: { missingSince: null } });
      return { asked, before };
    });
    let job = await asked;
    if (before) {
      await carryOut(db, before);
      job = await carryOut(db, job);
    }
    expect([job.status, job.total, ...countsOf(job)]).toEqual(['COMPLETED', 1, 0, 1, 0, 0]);
    expect(await db.product.count({ where: { publishedAt: { not: null } } })).toBe(8);
  }),
);

test('a single product that is taken back while all are being published stays so', () =>
  withDatabase(async (database) => {
    const { db } = database;
    const store = await buildNine(db);
    const all = await buildPublication(db, store);
    await advancePublication(db, all.id, 2);
    await advancePublication(db, all.id, 2);
    const last = await db.marketplaceProduct.findFirstOrThrow({ where: { marketplaceProductId: 'P-9' } });
    const products = [
      { ref: { kind: 'MarketplaceProduct', storeId: store.id, id: last.id }, path: [] },
    ] as const;
    const asked = await requestPublication(db, { store, action: 'UNPUBLISH', createdById: null, products });
    expect(asked.status).toBe('PENDING');
    // As if nobody had been at the first for long.
    await db.$executeRaw`UPDATE publication_jobs SET updated_at = now() - interval '1 minute'`;
    openNode(database);
    expect(countsOf(await untilOver(db, asked))).toEqual([0, 1, 0, 0]);
    expect(await db.product.count({ where: { publishedAt: { not: null } } })).toBe(8);
  }));

const feedOf = (count: number, price: string) =>
  ['id,title,price', ...Array.from({ length: count }, (_, at) => `P-${at},Chair ${at},${price} EUR`)].join(
    '\n',
  );

test(
  'publishing and an import of the same products at once harm neither, nor what was set',
  { timeout: 60_000 },
  () =>
    withDatabase(async (database) => {
      const { db } = database;
      const { storeId } = await importFeed(database, { feed: feedOf(300, '5.00') });
      const store = await db.store.findUniqueOrThrow({ where: { id: storeId } });
      const [first, second] = await db.marketplaceProduct.findMany({ where: { storeId }, take: 2 });
      const set = (product: MarketplaceProduct | undefined, price: string) => {
        const ref = { kind: 'MarketplaceProduct', storeId, id: product?.id ?? 0n } as const;
        return updateProducts(db, store, [{ ref, path: [], change: { price } }]);
      };
      await set(first, '4.00');
      const [imported, ended] = await Promise.all([
        importFeed(database, { feed: feedOf(300, '6.00'), storeId, batchSize: 20, connections: 2 }),
        carryOut(db, await buildPublication(db, store), 25),
        set(second, '3.00'),
      ]);
      expect([imported.counts, countsOf(ended)]).toEqual([
        [0, 300, 0, 0, 0],
        [300, 0, 0, 0],
      ]);
      const products = await db.product.findMany({
        where: { storeId },
        include: { marketplaceProduct: true },
      });
      expect(products.filter(({ publishedAt }) => publishedAt)).toHaveLength(300);
      expect(products.flatMap(({ price }) => price?.toFixed(2) ?? []).sort()).toEqual(['3.00', '4.00']);
      expect(
        products.every(({ marketplaceProduct }) => marketplaceProduct.price?.toFixed(2) === '6.00'),
      ).toBe(true);
    }),
);

test(
  'a product that loses its only price while it is being published stays unpublished',
  { timeout: 60_000 },
  () =>
    withDatabase(async ({ db }) => {
      const store = await buildStore(db);
      const own = { publishedAt: null, price: '2.00' };
      const { id } = await buildProduct(db, store, 'A', { own, feed: { price: null } });
      const job = await buildPublication(db, store);
      const [cleared, seen] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const clearing = db.$transaction(async (transaction) => {
        await transaction.product.updateMany({ where: { id }, data: { price: null } });
        cleared.resolve();
        await seen.promise;
      });
      await cleared.promise;
      const publishing = carryOut(db, job);
      for (let waiting = 0n; waiting === 0n;) {
        const [row] = await db.$queryRaw<{ count: bigint }[]>`
        SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        waiting = row?.count ?? 0n;
      }
      seen.resolve();
      await clearing;
      expect(countsOf(await publishing)).toEqual([0, 0, 1, 0]);
      expect(await db.product.findFirst({ where: { id } })).toMatchObject({ publishedAt: null, price: null });
    }),
);
