// @module-tag product
// @module-tag db
import { describe, expect, test } from 'vitest';
import { buildMarketplaceProduct, buildProduct, productId } from '../../../test/catalogue.ts';
import { withRollback } from '../../../test/database.ts';
import { globalIdOf } from '../../../test/global-id.ts';
import { askAll, managersDo, mutate } from '../../../test/mutating.ts';
import { buildPeople } from '../../../test/people.ts';
import type { Product } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';

const idOf = (product: Pick<Product, 'storeId' | 'id'>) => productId('Product', product);

const now = (db: Db, { storeId, id }: Product) =>
  db.product.findUniqueOrThrow({ where: { storeId_id: { storeId, id } } });

const values =
  'product { price salePrice availability condition isFeatured isActive minQuantity maxQuantity }';

test('those who manage a store change its products; staff look on, and others find none', () =>
  withRollback(async (db) => {
    const people = await buildPeople(db);
    const { store } = people;
    const [first, second] = [await buildProduct(db, store, 'A'), await buildProduct(db, store, 'B')];
    const [id, storeCode] = [idOf(first), store.code];
    const asked: [mutation: string, input: object, part: string, notFound: string][] = [
      ['updateProduct', { id, price: '7.5' }, 'product { id }', 'PRODUCT_NOT_FOUND'],
      ['updateProducts', { storeCode, products: [{ id, price: '6' }] }, 'products { id }', 'STORE_NOT_FOUND'],
      ['moveProduct', { id, after: idOf(second) }, 'product { id }', 'PRODUCT_NOT_FOUND'],
      ['resolveDrift', { id, field: 'PRICE', keep: true }, 'product { id }', 'PRODUCT_NOT_FOUND'],
      ['resolveDrifts', { storeCode, keep: true }, 'resolvedCount', 'STORE_NOT_FOUND'],
    ];
    for (const [mutation, input, part, notFound] of asked) {
      const answers = await askAll(people, (viewer) => mutate({ db }, viewer, mutation, input, part));
      expect([mutation, answers]).toEqual([mutation, managersDo(notFound)]);
    }
  }));

describe('a change', () => {
  test('gives the product as it is then, and null takes the feed’s value again', () =>
    withRollback(async (db) => {
      const { store, viewers } = await buildPeople(db);
      const product = await buildProduct(db, store, 'A', { own: { condition: 'used', maxQuantity: 3 } });
      const input = {
        ...{ id: idOf(product), price: '8', salePrice: '7.99', availability: 'BACKORDER', condition: null },
        ...{ isFeatured: true, isActive: false, minQuantity: 2, maxQuantity: null },
      };
      expect(await mutate({ db }, viewers.manager, 'updateProduct', input, values)).toEqual({
        product: {
          ...{ price: '8.00', salePrice: '7.99', availability: 'BACKORDER', condition: 'NEW' },
          ...{ isFeatured: true, isActive: false, minQuantity: 2, maxQuantity: null },
        },
      });
      const left = { id: idOf(product), isFeatured: null, isActive: null, minQuantity: null };
      expect(await mutate({ db }, viewers.manager, 'updateProduct', left, values)).toMatchObject({
        product: { isFeatured: true, isActive: false, minQuantity: 2, price: '8.00' },
      });
    }));

  test('of a marketplace product takes it into the catalogue', () =>
    withRollback(async (db) => {
      const { store, viewers } = await buildPeople(db);
      const product = await buildMarketplaceProduct(db, store, 'A');
      const input = { id: productId('MarketplaceProduct', product), price: '3.00' };
      const part = 'product { published price marketplaceProduct { product { price } } }';
      expect(await mutate({ db }, viewers.owner, 'updateProduct', input, part)).toEqual({
        product: { published: false, price: '3.00', marketplaceProduct: { product: { price: '3.00' } } },
      });
    }));

  test.each([
    [{ price: '-1' }, 'A Decimal is text'],
    [{ price: '1.005' }, 'A Decimal is text'],
    [{ price: '12345678901' }, 'A Decimal is text'],
    [{ price: '1e3' }, 'A Decimal is text'],
    [{ price: 'NaN' }, 'A Decimal is text'],
    [{ price: '' }, 'A Decimal is text'],
    [{ price: 5 }, 'A Decimal is text'],
    [{ price: '٣' }, 'A Decimal is text'],
    [{ minQuantity: 3_000_000_000 }, 'Int cannot represent'],
    [{ availability: 'SOMETIMES' }, 'does not exist'],
  ])('to %j is no change', (change, message) =>
    withRollback(async (db) => {
      const { store, viewers } = await buildPeople(db);
      const product = await buildProduct(db, store, 'A');
      const input = { id: idOf(product), ...change };
      const { code } = await mutate({ db }, viewers.owner, 'updateProduct', input, values);
      expect(code).toContain(message);
      expect(await now(db, product)).toEqual(product);
    }),
  );

  test.each([
    [{ price: '9999999999.99' }, { price: '9999999999.99' }],
    [{ price: '0' }, { price: '0.00' }],
    [{ maxQuantity: 2_147_483_647 }, { maxQuantity: 2_147_483_647 }],
  ])('to %j is the furthest that there is', (change, expected) =>
    withRollback(async (db) => {
      const { store, viewers } = await buildPeople(db);
      const input = { id: idOf(await buildProduct(db, store, 'A')), ...change };
      expect(await mutate({ db }, viewers.owner, 'updateProduct', input, values)).toMatchObject({
        product: expected,
      });
    }),
  );

  test.each([
    [{ salePrice: '10' }, 'SALE_PRICE_NOT_LOWER', ['salePrice']],
    [{ minQuantity: 0 }, 'QUANTITY_RANGE', ['minQuantity']],
    [{ minQuantity: -7 }, 'QUANTITY_RANGE', ['minQuantity']],
    [{ maxQuantity: 0 }, 'QUANTITY_RANGE', ['maxQuantity']],
  ])('to %j is refused, and says why', (change, code, path) =>
    withRollback(async (db) => {
      const { store, viewers } = await buildPeople(db);
      const product = await buildProduct(db, store, 'A');
      const input = { id: idOf(product), ...change };
      expect(await mutate({ db }, viewers.owner, 'updateProduct', input, values)).toMatchObject({
        code,
        path,
      });
      expect(await now(db, product)).toEqual(product);
    }),
  );
});

const nowhere = '0198c5a0-0000-7000-8000-000000000001';

test.each([
  '',
  'garbage',
  globalIdOf('Product', '\0'),
  globalIdOf('Product', `${nowhere}:1`),
  globalIdOf('MarketplaceProduct', `${nowhere}:1`),
  globalIdOf('Store', nowhere),
])('the id %j is of no product, for an admin either', (id) =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db);
    const product = await buildProduct(db, store, 'A');
    const refused = { code: 'PRODUCT_NOT_FOUND', path: ['id'] };
    const admin = (mutation: string, input: object, part: string) =>
      mutate({ db }, viewers.admin, mutation, input, part);
    expect(await admin('updateProduct', { id, price: '1' }, values)).toMatchObject(refused);
    expect(await admin('moveProduct', { id, after: idOf(product) }, values)).toMatchObject(refused);
    expect(await admin('resolveDrift', { id, field: 'PRICE', keep: false }, values)).toMatchObject(refused);
    const products = [{ id: idOf(product), price: '1' }, { id }];
    const many = await admin('updateProducts', { storeCode: store.code, products }, 'products { id }');
    expect(many).toMatchObject({ code: 'PRODUCT_NOT_FOUND', path: ['products', '1', 'id'] });
    expect(await now(db, product)).toEqual(product);
  }),
);

describe('many changes', () => {
  test('come back in the order of the input', () =>
    withRollback(async (db) => {
      const { store, viewers } = await buildPeople(db);
      const ids = [];
      for (const number of ['A', 'B', 'C']) ids.unshift(idOf(await buildProduct(db, store, number)));
      const input = { storeCode: store.code, products: ids.map((id, at) => ({ id, price: `${at + 1}` })) };
      expect(await mutate({ db }, viewers.owner, 'updateProducts', input, 'products { id price }')).toEqual({
        products: ids.map((id, at) => ({ id, price: `${at + 1}.00` })),
      });
    }));

  test('of none are none', () =>
    withRollback(async (db) => {
      const { store, viewers } = await buildPeople(db);
      const input = { storeCode: store.code, products: [] };
      expect(await mutate({ db }, viewers.owner, 'updateProducts', input, 'products { id }')).toEqual({
        products: [],
      });
    }));

  test('that are too many, of one product twice, or of another store, change nothing', () =>
    withRollback(async (db) => {
      const { store, otherStore, viewers } = await buildPeople(db);
      const [product, foreign] = [
        await buildProduct(db, store, 'A'),
        await buildProduct(db, otherStore, 'A'),
      ];
      const update = (products: object[]) =>
        mutate(
          { db },
          viewers.admin,
          'updateProducts',
          { storeCode: store.code, products },
          'products { id }',
        );
      const change = { id: idOf(product), price: '1' };
      expect(await update(Array.from({ length: 501 }, () => change))).toMatchObject({
        code: 'PRODUCTS_LIMIT',
      });
      const marketplaceId = { storeId: store.id, id: product.marketplaceProductId };
      for (const id of [change.id, productId('MarketplaceProduct', marketplaceId)]) {
        expect(await update([change, { id, price: '2' }])).toMatchObject({ code: 'PRODUCT_REPEATED' });
      }
      expect(await update([change, { id: idOf(foreign) }])).toMatchObject({ code: 'PRODUCT_NOT_FOUND' });
      expect([await now(db, product), await now(db, foreign)]).toEqual([product, foreign]);
    }));
});

describe('a move', () => {
  test('puts a product beside another of its store, and not twice', () =>
    withRollback(async (db) => {
      const { store, viewers } = await buildPeople(db);
      const [first, second] = [await buildProduct(db, store, 'A'), await buildProduct(db, store, 'B')];
      const input = { id: idOf(second), before: idOf(first) };
      const moved = await mutate({ db }, viewers.owner, 'moveProduct', input, 'product { displayOrder }');
      expect(moved).toEqual({ product: { displayOrder: -1024 } });
      expect(await mutate({ db }, viewers.owner, 'moveProduct', input, 'product { displayOrder }')).toEqual(
        moved,
      );
    }));

  test.each([
    ['without a neighbour', () => ({}), 'INVALID_INPUT'],
    ['with an empty one', () => ({ before: '' }), 'INVALID_INPUT'],
    ['with two', (of: Neighbours) => ({ before: of.second, after: of.second }), 'INVALID_INPUT'],
    ['beside a product of another store', (of: Neighbours) => ({ before: of.foreign }), 'PRODUCT_NOT_FOUND'],
    ['beside what is not in the catalogue', (of: Neighbours) => ({ after: of.feed }), 'PRODUCT_NOT_FOUND'],
  ])('%s is refused', (_how, beside, code) =>
    withRollback(async (db) => {
      const { store, otherStore, viewers } = await buildPeople(db);
      const first = await buildProduct(db, store, 'A');
      const neighbours = {
        second: idOf(await buildProduct(db, store, 'B')),
        foreign: idOf(await buildProduct(db, otherStore, 'B')),
        feed: productId('MarketplaceProduct', await buildMarketplaceProduct(db, store, 'C')),
      };
      const input = { id: idOf(first), ...beside(neighbours) };
      expect(await mutate({ db }, viewers.admin, 'moveProduct', input, 'product { id }')).toMatchObject({
        code,
      });
      expect(await now(db, first)).toEqual(first);
    }),
  );

  interface Neighbours {
    readonly second: string;
    readonly foreign: string;
    readonly feed: string;
  }
});

describe('drift', () => {
  const drifted = { price: '8.00', priceFeedValue: '9.00' };
  const part = 'product { price drift { field } }';

  test.each([
    [true, '8.00'],
    [false, '10.00'],
  ])('is settled by one click, keep: %s', (keep, price) =>
    withRollback(async (db) => {
      const { store, viewers } = await buildPeople(db);
      const product = await buildProduct(db, store, 'A', { own: drifted });
      const input = { id: idOf(product), field: 'PRICE', keep };
      const settled = { product: { price, drift: [] } };
      expect(await mutate({ db }, viewers.manager, 'resolveDrift', input, part)).toEqual(settled);
      const before = await now(db, product);
      expect(await mutate({ db }, viewers.manager, 'resolveDrift', input, part)).toEqual(settled);
      expect(await now(db, product)).toEqual(before);
    }),
  );

  test('is not there of an own value that the feed has not moved from, which stays', () =>
    withRollback(async (db) => {
      const { store, viewers } = await buildPeople(db);
      const product = await buildProduct(db, store, 'A', { own: { price: '8.00', priceFeedValue: '10.00' } });
      for (const [field, keep] of [
        ['PRICE', false],
        ['PRICE', true],
        ['CONDITION', false],
      ]) {
        await mutate({ db }, viewers.manager, 'resolveDrift', { id: idOf(product), field, keep }, part);
      }
      expect(await now(db, product)).toEqual(product);
    }));

  test('of a whole store is settled, but for prices that published products need', () =>
    withRollback(async (db) => {
      const { store, otherStore, viewers } = await buildPeople(db);
      await buildProduct(db, store, 'A', { own: drifted });
      await buildProduct(db, store, 'B', { own: drifted, feed: { price: null } });
      await buildProduct(db, otherStore, 'C', { own: drifted });
      const input = { storeCode: store.code, keep: false };
      const counts = 'resolvedCount leftCount store { catalogue { drifted } }';
      expect(await mutate({ db }, viewers.owner, 'resolveDrifts', input, counts)).toEqual({
        ...{ resolvedCount: 1, leftCount: 1, store: { catalogue: { drifted: 1 } } },
      });
    }));
});
