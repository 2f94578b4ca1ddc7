// @module-tag product
// @module-tag db
import { expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { buildMarketplaceProduct, buildProduct } from '../../../test/catalogue.ts';
import { withRollback } from '../../../test/database.ts';
import { buildPublication, carryOut, countsOf } from '../../../test/publications.ts';
import type { Store } from '../../generated/prisma/client.ts';
import type { Database, Db } from '../../platform/database.ts';
import type { CatalogueFilter } from './product.filter.ts';
import { requestPublication } from './publication.service.ts';

const drifted = { price: '5.00', priceFeedValue: '9.00' };

/** A catalogue with one product of each kind, and one that is only on the marketplace. */
async function buildCatalogue(db: Db): Promise<Store> {
  const store = await buildStore(db);
  await buildProduct(db, store, 'plain', { feed: { brand: 'One' } });
  await buildProduct(db, store, 'drifted', { own: drifted });
  await buildProduct(db, store, 'featured', { own: { isFeatured: true } });
  await buildProduct(db, store, 'gone', { feed: { missingSince: new Date() } });
  await buildProduct(db, store, 'sold out', {
    own: { availability: 'out_of_stock', availabilityFeedValue: 'in_stock' },
  });
  await buildMarketplaceProduct(db, store, 'never sold', { brand: 'One' });
  await buildProduct(db, await buildStore(db), 'foreign', { own: drifted });
  return store;
}

const unpublished = async (db: Db, { id: storeId }: Store): Promise<string[]> => {
  const where = { storeId, publishedAt: null };
  const products = await db.product.findMany({ where, include: { marketplaceProduct: true } });
  return products.map(({ marketplaceProduct }) => marketplaceProduct.marketplaceProductId).sort();
};

const filters: readonly (readonly [CatalogueFilter, string[]])[] = [
  [{ drifted: true }, ['drifted']],
  [{ overridden: true }, ['drifted', 'sold out']],
  [{ missing: true }, ['gone']],
  [{ featured: true }, ['featured']],
  [{ availability: ['out_of_stock'] }, ['sold out']],
  [{ brand: ['One'] }, ['plain']],
  [{ featured: true, drifted: true }, []],
  [{ published: true }, ['drifted', 'featured', 'gone', 'plain', 'sold out']],
  [{}, ['drifted', 'featured', 'gone', 'plain', 'sold out']],
];

test.each(filters)(
  'what a filter of the catalogue lets through is taken back at once: %j',
  (filter, numbers) =>
    withRollback(async (db) => {
      const store = await buildCatalogue(db);
      const publication = {
        store,
        action: 'UNPUBLISH',
        createdById: null,
        products: { catalogue: filter },
      } as const;
      const job = await requestPublication(db as Database['db'], publication);
      expect([job.status, job.total, job.unpublishedCount]).toEqual([
        'COMPLETED',
        numbers.length,
        numbers.length,
      ]);
      expect(await unpublished(db, store)).toEqual(numbers);
    }),
);

test.each(filters)('and step by step: %j', (filter, numbers) =>
  withRollback(async (db) => {
    const store = await buildCatalogue(db);
    const job = await buildPublication(db, store, 'UNPUBLISH', { kind: 'catalogue', filter });
    expect(countsOf(await carryOut(db, job, 2))).toEqual([0, numbers.length, 0, 0]);
    expect(await unpublished(db, store)).toEqual(numbers);
  }),
);
