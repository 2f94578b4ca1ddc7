// @module-tag product
// @module-tag db
import { describe, expect, test } from 'vitest';
import { buildMarketplaceProduct, buildProduct, productId } from '../../../test/catalogue.ts';
import { withRollback } from '../../../test/database.ts';
import { globalIdOf } from '../../../test/global-id.ts';
import { askAll, managersDo, mutate } from '../../../test/mutating.ts';
import { buildPeople } from '../../../test/people.ts';
import type { Store } from '../../generated/prisma/client.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';

/** Nothing is begun by it: it is for those who have their answer at once, and for those who get none. */
const publisher = { start: () => undefined };

const part = `publication { status action automatic total done publishedCount unpublishedCount unchangedCount
  refusedCount refused { code message marketplaceProduct { marketplaceProductId } } store { code } }`;

const publish = (db: Db, viewer: Viewer | null, input: object, mutation = 'publishProducts') =>
  mutate({ db, publisher }, viewer, mutation, input, part);

const numbers = async (db: Db, { id: storeId }: Store) => {
  const where = { storeId, publishedAt: { not: null } };
  const products = await db.product.findMany({ where, include: { marketplaceProduct: true } });
  return products.map(({ marketplaceProduct }) => marketplaceProduct.marketplaceProductId).sort();
};

test('those who manage a store publish; staff look on, and others find no store', () =>
  withRollback(async (db) => {
    const people = await buildPeople(db);
    const { store } = people;
    const id = productId('MarketplaceProduct', await buildMarketplaceProduct(db, store, 'A'));
    const inputs = [
      { marketplaceProducts: [id] },
      { filter: { storeCode: store.code } },
      { catalogue: { storeCode: store.code } },
    ];
    for (const mutation of ['publishProducts', 'unpublishProducts']) {
      for (const chosen of inputs) {
        const input = { storeCode: store.code, ...chosen };
        const answers = await askAll(people, (viewer) => publish(db, viewer, input, mutation));
        expect(answers).toEqual(managersDo('STORE_NOT_FOUND'));
      }
    }
  }));

describe('products that are chosen', () => {
  test('are published when the answer comes; one without a price is named, and says why', () =>
    withRollback(async (db) => {
      const { store, viewers } = await buildPeople(db);
      const [first, second] = [
        await buildMarketplaceProduct(db, store, 'A'),
        await buildMarketplaceProduct(db, store, 'B', { price: null }),
      ];
      const back = await buildProduct(db, store, 'C', { own: { publishedAt: null } });
      const marketplaceProducts = [
        ...[productId('MarketplaceProduct', first), productId('MarketplaceProduct', second)],
        ...[productId('Product', back), productId('MarketplaceProduct', first)],
      ];
      const input = { storeCode: store.code, marketplaceProducts };
      const answer = await publish(db, viewers.manager, input);
      expect(answer).toEqual({
        publication: {
          ...{ status: 'COMPLETED', action: 'PUBLISH', automatic: false, total: 3, done: 3 },
          ...{ publishedCount: 2, unpublishedCount: 0, unchangedCount: 0, refusedCount: 1 },
          refused: [
            {
              code: 'NO_PRICE',
              message: expect.stringContaining('no price') as string,
              marketplaceProduct: { marketplaceProductId: 'B' },
            },
          ],
          store: { code: store.code },
        },
      });
      expect(await numbers(db, store)).toEqual(['A', 'C']);
      expect(await publish(db, viewers.manager, input)).toMatchObject({
        publication: { publishedCount: 0, unchangedCount: 2, refusedCount: 1 },
      });
    }));

  test.each([
    ['none', (): string[] => [], 'INVALID_INPUT'],
    ['too many', (good: string) => Array.from({ length: 1_001 }, () => good), 'PRODUCTS_LIMIT'],
    ['one that is none', (good: string) => [good, 'nonsense'], 'PRODUCT_NOT_FOUND'],
    ['one of another store', (good: string, foreign: string) => [good, foreign], 'PRODUCT_NOT_FOUND'],
    ['a store', (good: string) => [good, globalIdOf('Store', '1')], 'PRODUCT_NOT_FOUND'],
    ['one with a null in it', (good: string) => [good, globalIdOf('Product', '\0')], 'PRODUCT_NOT_FOUND'],
  ])('but are %s publish nothing', (_what, choose, code) =>
    withRollback(async (db) => {
      const { store, otherStore, viewers } = await buildPeople(db);
      const good = productId('MarketplaceProduct', await buildMarketplaceProduct(db, store, 'A'));
      const foreign = productId('MarketplaceProduct', await buildMarketplaceProduct(db, otherStore, 'A'));
      const input = { storeCode: store.code, marketplaceProducts: choose(good, foreign) };
      for (const mutation of ['publishProducts', 'unpublishProducts']) {
        expect(await publish(db, viewers.admin, input, mutation)).toMatchObject({ code });
      }
      expect(await db.product.count()).toBe(0);
    }),
  );

  test.each([
    ['nothing at all', () => ({}), ['marketplaceProducts']],
    [
      'a list and a filter',
      (storeCode: string) => ({ marketplaceProducts: ['x'], filter: { storeCode } }),
      ['filter'],
    ],
    [
      'a list and a filter of the catalogue',
      (storeCode: string) => ({ marketplaceProducts: ['x'], catalogue: { storeCode } }),
      ['catalogue'],
    ],
    [
      'two filters',
      (storeCode: string) => ({ filter: { storeCode }, catalogue: { storeCode } }),
      ['catalogue'],
    ],
    ['a filter of another store', () => ({ filter: { storeCode: 'other' } }), ['filter', 'storeCode']],
    [
      'a catalogue of another store',
      () => ({ catalogue: { storeCode: 'other' } }),
      ['catalogue', 'storeCode'],
    ],
  ])('by %s are refused', (_how, choose, path) =>
    withRollback(async (db) => {
      const { store, viewers } = await buildPeople(db);
      const input = { storeCode: store.code, ...choose(store.code) };
      expect(await publish(db, viewers.owner, input)).toMatchObject({ code: 'INVALID_INPUT', path });
    }),
  );
});

test('all that a filter lets through is published, and taken back by one of the catalogue', () =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db);
    await buildMarketplaceProduct(db, store, 'A', { brand: 'Un' }, { FR: 'Théière' });
    await buildMarketplaceProduct(db, store, 'B', { brand: 'Un' });
    await buildProduct(db, store, 'C', { own: { isFeatured: true }, feed: { brand: 'Deux' } });
    const storeCode = store.code;
    const ask = (chosen: object, mutation?: string) =>
      publish(db, viewers.owner, { storeCode, ...chosen }, mutation);
    await ask({ filter: { storeCode, brand: ['Un'], search: 'theiere' } });
    expect(await numbers(db, store)).toEqual(['A', 'C']);
    await ask({ marketplaceProducts: [], filter: { storeCode, published: false } });
    expect(await numbers(db, store)).toEqual(['A', 'B', 'C']);
    await ask({ catalogue: { storeCode, featured: false } }, 'unpublishProducts');
    expect(await numbers(db, store)).toEqual(['C']);
    await ask({ catalogue: { storeCode, published: false } });
    expect(await numbers(db, store)).toEqual(['A', 'B', 'C']);
  }));
