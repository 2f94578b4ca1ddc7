// @module-tag product
// @module-tag db
import { describe, expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { buildMarketplaceProduct, buildProduct } from '../../../test/catalogue.ts';
import { withRollback } from '../../../test/database.ts';
import { recordStatements } from '../../../test/statements.ts';
import type { Product, Store } from '../../generated/prisma/client.ts';
import type { Database, Db } from '../../platform/database.ts';
import { resolveDrift, resolveDrifts } from './product.drift.ts';
import { updateProducts, type ProductChange } from './product.update.ts';

const refOf = (kind: 'Product' | 'MarketplaceProduct', { id, storeId }: Pick<Product, 'id' | 'storeId'>) =>
  ({ kind, id, storeId }) as const;

const keyOf = ({ id, storeId }: Pick<Product, 'id' | 'storeId'>) => ({ storeId_id: { storeId, id } });

async function update(db: Db, store: Store, product: Product, change: ProductChange): Promise<Product> {
  const changes = [{ ref: refOf('Product', product), path: [], change }];
  await updateProducts(db as Database['db'], store, changes);
  return db.product.findUniqueOrThrow({ where: keyOf(product) });
}

const texts = (product: Product) => ({
  ...product,
  price: product.price?.toFixed(2) ?? null,
  priceFeedValue: product.priceFeedValue?.toFixed(2) ?? null,
  salePrice: product.salePrice?.toFixed(2) ?? null,
});

describe('an own value', () => {
  test('is set with what the feed says then, and cleared with it', () =>
    withRollback(async (db) => {
      const store = await buildStore(db);
      const product = await buildProduct(db, store, 'P-1');
      const set = await update(db, store, product, { price: '8.50', condition: 'used' });
      expect(texts(set)).toMatchObject({
        ...{ price: '8.50', priceFeedValue: '10.00', condition: 'used', conditionFeedValue: 'new' },
        ...{ salePrice: null, availability: null },
      });
      const cleared = await update(db, store, set, { price: null });
      expect(texts(cleared)).toMatchObject({ price: null, priceFeedValue: null, condition: 'used' });
    }));

  test('that is set as it is already stays compared with what the feed said at first', () =>
    withRollback(async (db) => {
      const store = await buildStore(db);
      const product = await buildProduct(db, store, 'P-1', {
        own: { price: '8.50', priceFeedValue: '9.00' },
      });
      const again = await update(db, store, product, { price: '8.5' });
      expect(texts(again)).toMatchObject({ price: '8.50', priceFeedValue: '9.00' });
      expect(again.updatedAt).toEqual(product.updatedAt);
      const other = await update(db, store, product, { price: '8.60' });
      expect(texts(other)).toMatchObject({ price: '8.60', priceFeedValue: '10.00' });
    }));

  test('has nothing to be compared with when the feed’s price is in another currency', () =>
    withRollback(async (db) => {
      const store = await buildStore(db);
      const product = await buildProduct(db, store, 'P-1', { feed: { currency: 'USD' } });
      expect(await update(db, store, product, { price: '8.50' })).toMatchObject({ priceFeedValue: null });
    }));

  test('takes a product into the catalogue that was never there, unpublished', () =>
    withRollback(async (db) => {
      const store = await buildStore(db);
      const feed = await buildMarketplaceProduct(db, store, 'P-1', { price: null });
      const changes = [{ ref: refOf('MarketplaceProduct', feed), path: [], change: { price: '5.00' } }];
      const [id = 0n] = await updateProducts(db as Database['db'], store, changes);
      const product = await db.product.findUniqueOrThrow({ where: keyOf({ id, storeId: store.id }) });
      expect(texts(product)).toMatchObject({
        price: '5.00',
        publishedAt: null,
        marketplaceProductId: feed.id,
      });
      expect(await updateProducts(db as Database['db'], store, changes)).toEqual([id]);
    }));
});

test.each([
  ['a sale price above the price', { salePrice: '10.01' }, 'SALE_PRICE_NOT_LOWER', ['salePrice']],
  ['a sale price at the own price', { price: '9', salePrice: '9.00' }, 'SALE_PRICE_NOT_LOWER', ['salePrice']],
  ['a sale price of nothing', { salePrice: '0.00' }, 'SALE_PRICE_NOT_LOWER', ['salePrice']],
  ['a minimum of none', { minQuantity: 0 }, 'QUANTITY_RANGE', ['minQuantity']],
  ['a maximum below the minimum', { minQuantity: 5, maxQuantity: 4 }, 'QUANTITY_RANGE', ['maxQuantity']],
  ['a minimum above the maximum', { minQuantity: 9 }, 'QUANTITY_RANGE', ['minQuantity']],
])('%s is refused', (_what, change, code, path) =>
  withRollback(async (db) => {
    const store = await buildStore(db);
    const product = await buildProduct(db, store, 'P-1', { own: { maxQuantity: 8 } });
    await expect(update(db, store, product, change)).rejects.toMatchObject({ code, path });
  }),
);

test('a published product keeps its own price when the feed has none', () =>
  withRollback(async (db) => {
    const store = await buildStore(db);
    const own = { price: '5.00', priceFeedValue: '4.00' };
    const product = await buildProduct(db, store, 'P-1', { own, feed: { price: null } });
    await expect(update(db, store, product, { price: null })).rejects.toMatchObject({ code: 'NO_PRICE' });
    const dropped = resolveDrift(db as Database['db'], store, product, { field: 'price', keep: false });
    await expect(dropped).rejects.toMatchObject({ code: 'NO_PRICE' });
    expect(await resolveDrifts(db as Database['db'], store, false)).toEqual({
      resolvedCount: 0,
      leftCount: 1,
    });
    await db.product.updateMany({ data: { publishedAt: null } });
    expect((await update(db, store, product, { price: null })).price).toBeNull();
  }));

test('a published product that the feed has left without a price is switched off with no price given', () =>
  withRollback(async (db) => {
    const store = await buildStore(db);
    const product = await buildProduct(db, store, 'P-1', { feed: { price: null } });
    const off = await update(db, store, product, { price: null, isActive: false });
    expect(texts(off)).toMatchObject({ price: null, isActive: false });
  }));

test('many products change together or not at all, and an error says which', () =>
  withRollback(async (db) => {
    const store = await buildStore(db);
    const [first, second] = [await buildProduct(db, store, 'P-1'), await buildProduct(db, store, 'P-2')];
    const change = (product: Product, at: number, values: ProductChange) => ({
      ...{ ref: refOf('Product', product), path: ['products', String(at)], change: values },
    });
    const attempt = (...changes: ReturnType<typeof change>[]) =>
      updateProducts(db as Database['db'], store, changes);
    await expect(
      attempt(change(first, 0, { price: '1.00' }), change(second, 1, { minQuantity: 0 })),
    ).rejects.toMatchObject({ path: ['products', '1', 'minQuantity'] });
    await expect(attempt(change(first, 0, {}), change(first, 1, {}))).rejects.toMatchObject({
      ...{ code: 'PRODUCT_REPEATED', path: ['products', '1', 'id'] },
    });
    const foreign = await buildProduct(db, await buildStore(db), 'P-3');
    await expect(attempt(change(first, 0, { price: '1.00' }), change(foreign, 1, {}))).rejects.toMatchObject({
      ...{ code: 'PRODUCT_NOT_FOUND', path: ['products', '1', 'id'] },
    });
    expect(await db.product.count({ where: { price: { not: null } } })).toBe(0);
    expect(
      await attempt(change(second, 0, { availability: 'backorder' }), change(first, 1, { isFeatured: true })),
    ).toEqual([second.id, first.id]);
  }));

test('twenty products take as many statements as two', () =>
  withRollback(async (db) => {
    const store = await buildStore(db);
    const products: Product[] = [];
    for (let at = 0; at < 20; at++) products.push(await buildProduct(db, store, `P-${at}`, { titles: {} }));
    const counts = [];
    for (const size of [2, 20]) {
      const changes = products.slice(0, size).map((product, at) => ({
        ...{ ref: refOf('Product', product), path: [String(at)], change: { price: `${size}.00` } },
      }));
      const { statements } = await recordStatements(() =>
        updateProducts(db as Database['db'], store, changes),
      );
      counts.push(statements.length);
    }
    expect(counts).toEqual([4, 4]);
  }));

describe('drift', () => {
  const drifted = {
    price: '8.00',
    priceFeedValue: '9.00',
    condition: 'used',
    conditionFeedValue: 'refurbished',
  };

  test.each([
    [true, { price: '8.00', priceFeedValue: '10.00' }],
    [false, { price: null, priceFeedValue: null }],
  ])('of one value is settled, kept: %s', (keep, expected) =>
    withRollback(async (db) => {
      const store = await buildStore(db);
      const product = await buildProduct(db, store, 'P-1', { own: drifted });
      await resolveDrift(db as Database['db'], store, product, { field: 'price', keep });
      const settled = await db.product.findUniqueOrThrow({ where: keyOf(product) });
      expect(texts(settled)).toMatchObject({
        ...expected,
        condition: 'used',
        conditionFeedValue: 'refurbished',
      });
    }),
  );

  test.each([
    [true, { price: '8.00', priceFeedValue: '10.00', condition: 'used', conditionFeedValue: 'new' }],
    [false, { price: null, priceFeedValue: null, condition: null, conditionFeedValue: null }],
  ])(
    'of a whole store is settled, kept: %s; what has not drifted stays, and twice is once',
    (keep, expected) =>
      withRollback(async (db) => {
        const store = await buildStore(db);
        const product = await buildProduct(db, store, 'P-1', { own: drifted });
        const steady = await buildProduct(db, store, 'P-2', {
          own: { price: '7.00', priceFeedValue: '10.00' },
        });
        const foreign = await buildProduct(db, await buildStore(db), 'P-1', { own: drifted });
        expect(await resolveDrifts(db as Database['db'], store, keep)).toEqual({
          resolvedCount: 1,
          leftCount: 0,
        });
        expect(await resolveDrifts(db as Database['db'], store, keep)).toEqual({
          resolvedCount: 0,
          leftCount: 0,
        });
        const now = (of: Product) => db.product.findUniqueOrThrow({ where: keyOf(of) });
        expect(texts(await now(product))).toMatchObject(expected);
        expect([await now(steady), await now(foreign)]).toEqual([steady, foreign]);
      }),
  );
});
