// @module-tag product
// @module-tag db
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { buildImportJob, buildStore } from '../../../test/builders.ts';
import { buildMarketplaceProduct, buildProduct, productId } from '../../../test/catalogue.ts';
import { withDatabase } from '../../../test/database.ts';
import { operationContext } from '../../../test/execute.ts';
import { globalIdOf } from '../../../test/global-id.ts';
import { waitForLocks } from '../../../test/pausing.ts';
import { buildPeople } from '../../../test/people.ts';
import { buildPublication } from '../../../test/publications.ts';
import type {
  MarketplaceImportJob,
  MarketplaceProduct,
  Product,
  Store,
} from '../../generated/prisma/client.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Database, Db } from '../../platform/database.ts';
import { requestCancellation, requestReview } from '../import-job/import-job.requests.ts';
import { addStoreDomain } from '../store/store.domains.ts';
import { lockStore } from '../store/store.lock.ts';
import { updateStore } from '../store/store.service.ts';
import { SalePriceNotLowerError } from './product.errors.ts';
import { lockCatalogue } from './product.lock.ts';
import { requestProductUpdate, requestResolution } from './product.requests.ts';
import { updateProducts } from './product.update.ts';
import { startPublication } from './publication.access.ts';
import { advancePublication } from './publication.run.ts';
import { requestPublication } from './publication.service.ts';

interface Shop {
  readonly db: Database['db'];
  readonly store: Store;
  /** Of the store's currency, and in no catalogue. */
  readonly products: readonly MarketplaceProduct[];
}

/** The outcome of what `act` prepares, when the store's currency changes while that waits for the catalogue. */
const afterChange = (act: (shop: Shop) => Promise<() => Promise<unknown>>) =>
  withDatabase(async (database) => {
    const { db } = database;
    const store = await buildStore(db, { currency: 'EUR' });
    const products = [
      await buildMarketplaceProduct(db, store, 'A'),
      await buildMarketplaceProduct(db, store, 'B'),
    ];
    const begin = await act({ db, store, products });
    const waiting = await db.$transaction(async (transaction) => {
      await lockCatalogue(transaction, store.id);
      await transaction.store.update({ where: { id: store.id }, data: { currency: 'USD' } });
      const result = begin();
      await waitForLocks(database, 1);
      return { result };
    });
    return waiting.result;
  });

const refused = { publishedCount: 0, refusedCount: 2 };

test('what is published at once has to have a price in the currency that the store has by then', async () => {
  const publish =
    async ({ db, store }: Shop) =>
    async () =>
      requestPublication(db, { store, action: 'PUBLISH', createdById: null, products: {} });
  expect(await afterChange(publish)).toMatchObject(refused);
});

test('what is published in steps as well', async () => {
  const publish = async ({ db, store }: Shop) => {
    const { id } = await buildPublication(db, store);
    await advancePublication(db, id);
    return () => advancePublication(db, id);
  };
  expect(await afterChange(publish)).toMatchObject(refused);
});

test('a sale price has to be below a price in that currency', async () => {
  const reduce =
    async ({ db, store, products }: Shop) =>
    () => {
      const changes = products.map(({ id }) => ({
        ref: { kind: 'MarketplaceProduct', storeId: store.id, id } as const,
        ...{ path: [], change: { salePrice: '5.00' } },
      }));
      return updateProducts(db, store, changes);
    };
  await expect(afterChange(reduce)).rejects.toThrow(SalePriceNotLowerError);
});

/** Requests, more than there are connections, of something that the store's settings or its catalogue hold up. */
const heldUp = {
  'a catalogue': {
    hold: lockCatalogue,
    request: ({ db, viewer, store }: Asked) =>
      startPublication(contextOf(db, viewer), 'PUBLISH', {
        storeCode: store.code,
        filter: { storeCode: store.code },
      }),
  },
  "a store's settings": {
    hold: lockStore,
    request: ({ db, viewer, product }: Asked) =>
      requestProductUpdate(contextOf(db, viewer), { id: productId('Product', product), isFeatured: true }),
  },
  "a store's settings, to change them": {
    hold: lockStore,
    request: ({ db, store }: Asked) => updateStore(db, store.id, { name: 'Another' }),
  },
  "a store's settings, to add a domain": {
    hold: lockStore,
    request: ({ db, store }: Asked) =>
      addStoreDomain(db, { storeId: store.id, hostname: `${randomUUID()}.example.test` }),
  },
  'a product, to settle what has drifted': {
    hold: (db: Db, storeId: string) =>
      db.product.updateMany({ where: { storeId }, data: { isFeatured: true } }),
    request: ({ db, viewer, product }: Asked) => {
      const resolution = { id: productId('Product', product), field: 'price', keep: true } as const;
      return requestResolution(contextOf(db, viewer), resolution);
    },
  },
  'an import, to cancel it': {
    hold: (db: Db, storeId: string) =>
      db.marketplaceImportJob.updateMany({ where: { storeId }, data: { revision: { increment: 1 } } }),
    request: ({ db, viewer, job }: Asked) =>
      requestCancellation(contextOf(db, viewer), globalIdOf('ImportJob', job.id)),
  },
  'a catalogue, to answer an import': {
    hold: lockCatalogue,
    request: async ({ db, viewer, store }: Asked) => {
      const { id } = await buildImportJob(db, { storeId: store.id, missingReview: 'HELD' });
      return requestReview(contextOf(db, viewer), globalIdOf('ImportJob', id), true);
    },
  },
};

interface Asked {
  readonly db: Database['db'];
  readonly viewer: Viewer | null;
  readonly store: Store;
  readonly product: Product;
  /** That runs. */
  readonly job: MarketplaceImportJob;
}

const jobs = { publish: () => {}, publishAgain: () => {}, settled: () => Promise.resolve() };
const contextOf = (db: Db, viewer: Viewer | null) => operationContext({ db, jobs }, viewer);

test.each(Object.entries(heldUp))(
  'those who wait for %s leave connections for others of the node',
  (_what, { hold, request }) =>
    withDatabase(async (database) => {
      const { db } = database;
      const { store, viewers } = await buildPeople(db);
      const product = await buildProduct(db, store, 'A');
      const job = await buildImportJob(db, { storeId: store.id, status: 'PROCESSING' });
      const asked = { db, viewer: viewers.manager, store, product, job };
      const stores = await db.store.count();
      const meanwhile = async (transaction: Db) => {
        await hold(transaction, store.id);
        const requests = Array.from({ length: 21 }, () => request(asked));
        await waitForLocks(database, 2);
        return { waiting: requests, read: await Promise.race([db.store.count(), wait(3_000, 'nothing')]) };
      };
      const { waiting, read } = await db.$transaction(meanwhile, { timeout: 20_000 });
      expect(read).toBe(stores);
      expect(await Promise.all(waiting)).toHaveLength(21);
    }),
);

test('a change that has waited is no older than what was changed meanwhile', () =>
  withDatabase(async (database) => {
    const { db } = database;
    const store = await buildStore(db);
    const [one, other] = [await buildProduct(db, store, 'A'), await buildProduct(db, store, 'B')];
    const change = (products: readonly Product[], isFeatured: boolean) =>
      updateProducts(
        db,
        store,
        products.map(({ id }) => ({
          ref: { kind: 'Product', storeId: store.id, id },
          ...{ path: [], change: { isFeatured } },
        })),
      );
    const updatedAt = async () => (await db.product.findFirstOrThrow({ where: { id: one.id } })).updatedAt;
    const { waiting, meanwhile } = await db.$transaction(async (transaction) => {
      await lockCatalogue(transaction, store.id);
      const both = change([one, other], false);
      await waitForLocks(database, 1);
      await change([one], true);
      return { waiting: both, meanwhile: await updatedAt() };
    });
    await waiting;
    expect((await updatedAt()).getTime()).toBeGreaterThanOrEqual(meanwhile.getTime());
  }));
