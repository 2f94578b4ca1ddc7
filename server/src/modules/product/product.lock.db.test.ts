// @module-tag product
// @module-tag db
import { expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { buildMarketplaceProduct } from '../../../test/catalogue.ts';
import { withDatabase } from '../../../test/database.ts';
import { waitForLocks } from '../../../test/pausing.ts';
import { buildPublication } from '../../../test/publications.ts';
import type { MarketplaceProduct, Store } from '../../generated/prisma/client.ts';
import type { Database } from '../../platform/database.ts';
import { SalePriceNotLowerError } from './product.errors.ts';
import { lockCatalogue } from './product.lock.ts';
import { updateProducts } from './product.update.ts';
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
