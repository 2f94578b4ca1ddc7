// @module-tag product
// @module-tag db
import { describe, expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { buildMarketplaceProduct, buildProduct, productId } from '../../../test/catalogue.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import { execute } from '../../../test/execute.ts';
import { buildPeople, roles } from '../../../test/people.ts';
import { recordStatements } from '../../../test/statements.ts';
import type { Store } from '../../generated/prisma/client.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';

interface List {
  readonly totalCount: number;
  readonly totalCountExact: boolean;
  readonly pageInfo: { readonly startCursor: string | null; readonly endCursor: string | null };
  readonly edges: readonly {
    readonly node: { readonly marketplaceProduct: { readonly marketplaceProductId: string } };
  }[];
}

const listQuery = `query ($filter: ProductFilter!, $sort: ProductSort, $first: Int, $after: String, $last: Int, $before: String) {
  products(filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) {
    totalCount totalCountExact pageInfo { startCursor endCursor }
    edges { node { marketplaceProduct { marketplaceProductId } } } } }`;

async function list(db: Db, viewer: Viewer | null, filter: object, args: object = {}) {
  const { data, errors } = await execute<{ products: List }>({ db }, viewer, listQuery, { filter, ...args });
  const found = data?.products;
  return {
    ...{ list: found, codes: errors?.map(({ extensions }) => extensions['code']) },
    numbers: found?.edges.map(({ node }) => node.marketplaceProduct.marketplaceProductId),
  };
}

test('who may see a store sees its catalogue, and nobody else finds any of it', () =>
  withRollback(async (db) => {
    const { store, otherStore, viewers } = await buildPeople(db);
    const product = await buildProduct(db, store, 'P-1');
    await buildProduct(db, otherStore, 'X-1');
    const id = productId('Product', product);
    for (const role of roles) {
      const sees = !['signedOut', 'otherOwner'].includes(role);
      const listed = await list(db, viewers[role], { storeCode: store.code });
      expect(listed.codes ?? listed.numbers).toEqual(
        role === 'signedOut' ? ['UNAUTHENTICATED'] : sees ? ['P-1'] : [],
      );
      if (role !== 'signedOut') expect(listed.list?.totalCount).toBe(sees ? 1 : 0);
      const node = await execute({ db }, viewers[role], 'query ($id: ID!) { node(id: $id) { id } }', { id });
      expect(node.data).toEqual({ node: sees ? { id } : null });
    }
  }));

test('what is sold, what was set, what the feed says and what it has moved stand beside each other', () =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db, { currency: 'EUR' });
    const product = await buildProduct(db, store, 'P-1', {
      own: {
        ...{
          price: '8.50',
          priceFeedValue: '9.00',
          availability: 'backorder',
          availabilityFeedValue: 'in_stock',
        },
        ...{ isFeatured: true, minQuantity: 2, maxQuantity: 6 },
      },
      feed: { salePrice: '7', imageLink: 'https://pictures.example.test/1.jpg' },
      titles: { FR: 'Théière', DE: 'Teekanne' },
    });
    const never = await buildMarketplaceProduct(db, store, 'P-2');
    const query = `query ($id: ID!, $never: ID!) {
      node(id: $id) { ... on Product {
        title german: title(language: DE) pictures published withdrawnAt currency price salePrice availability condition
        overrides { price salePrice availability condition } feed { price salePrice availability condition }
        drift { field own feedThen feedNow } isFeatured isActive displayOrder minQuantity maxQuantity
        store { code } marketplaceProduct { marketplaceProductId product { price } } } }
      never: node(id: $never) { ... on MarketplaceProduct { product { id } } } }`;
    const ids = { id: productId('Product', product), never: productId('MarketplaceProduct', never) };
    const { data, errors } = await execute({ db }, viewers.staff, query, ids);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      never: { product: null },
      node: {
        ...{ title: 'Théière', german: 'Teekanne', pictures: ['https://pictures.example.test/1.jpg'] },
        ...{ published: true, withdrawnAt: null, currency: 'EUR' },
        ...{ price: '8.50', salePrice: '7.00', availability: 'BACKORDER', condition: 'NEW' },
        overrides: { price: '8.50', salePrice: null, availability: 'BACKORDER', condition: null },
        feed: { price: '10.00', salePrice: '7.00', availability: 'IN_STOCK', condition: 'NEW' },
        drift: [{ field: 'PRICE', own: '8.50', feedThen: '9.00', feedNow: '10.00' }],
        ...{ isFeatured: true, isActive: true, displayOrder: 0, minQuantity: 2, maxQuantity: 6 },
        ...{ store: { code: store.code } },
        marketplaceProduct: { marketplaceProductId: 'P-1', product: { price: '8.50' } },
      },
    });
  }));

async function buildCatalogue(db: Db, store: Store): Promise<void> {
  const kept = { own: { price: '9.00', priceFeedValue: '10.00' } };
  await buildProduct(db, store, 'A', { ...kept, feed: { brand: 'Un' }, titles: { FR: 'Théière' } });
  const drifted = { price: '9.00', priceFeedValue: '8.00', isFeatured: true };
  await buildProduct(db, store, 'B', { own: drifted, feed: { brand: 'Deux' }, titles: { DE: 'Teekanne' } });
  const own = { publishedAt: null, availability: 'preorder', availabilityFeedValue: 'in_stock' };
  await buildProduct(db, store, 'C', { own, feed: { brand: 'Deux', missingSince: new Date() } });
  await buildProduct(db, store, 'D', { own: { displayOrder: -5 }, feed: { availability: 'out_of_stock' } });
  await buildMarketplaceProduct(db, store, 'E');
}

describe('a list', () => {
  test.each([
    [{}, ['D', 'A', 'B', 'C']],
    [{ published: true }, ['D', 'A', 'B']],
    [{ published: false }, ['C']],
    [{ drifted: true }, ['B']],
    [{ drifted: false }, ['D', 'A', 'C']],
    [{ overridden: true }, ['A', 'B', 'C']],
    [{ overridden: false }, ['D']],
    [{ missing: true }, ['C']],
    [{ missing: false }, ['D', 'A', 'B']],
    [{ featured: true }, ['B']],
    [{ availability: ['PREORDER'] }, ['C']],
    [{ availability: ['IN_STOCK', 'OUT_OF_STOCK'] }, ['D', 'A', 'B']],
    [{ availability: [] }, ['D', 'A', 'B', 'C']],
    [{ brand: ['Deux', 'Nobody\0'] }, ['B', 'C']],
    [{ search: 'theiere' }, ['A']],
    [{ search: '\0\ud800' }, ['D', 'A', 'B', 'C']],
    [{ search: 'teekanne', language: 'FR' }, []],
    [{ language: 'DE', featured: true, drifted: true }, ['B']],
    [{ search: "'; DROP TABLE products; --" }, []],
  ])('of %j has %j', (filter, numbers) =>
    withRollback(async (db) => {
      const { store, otherStore, viewers } = await buildPeople(db);
      await buildCatalogue(db, store);
      await buildCatalogue(db, otherStore);
      const found = await list(db, viewers.staff, { storeCode: store.code, ...filter });
      expect(found.codes).toBeUndefined();
      expect(found.numbers).toEqual(numbers);
      expect(found.list).toMatchObject({ totalCount: numbers.length, totalCountExact: true });
    }),
  );

  test('is paged without a gap in either order, forwards and backwards', () =>
    withRollback(async (db) => {
      const { store, viewers } = await buildPeople(db);
      await buildCatalogue(db, store);
      const page = (args: object) => list(db, viewers.owner, { storeCode: store.code }, args);
      for (const [sort, order] of [
        ['DISPLAY_ORDER', ['D', 'A', 'B', 'C']],
        ['NEWEST', ['D', 'C', 'B', 'A']],
      ] as const) {
        const first = await page({ sort, first: 3 });
        expect(first.numbers).toEqual(order.slice(0, 3));
        const rest = await page({ sort, first: 3, after: first.list?.pageInfo.endCursor });
        expect(rest.numbers).toEqual(order.slice(3));
        const back = await page({ sort, last: 2, before: rest.list?.pageInfo.startCursor });
        expect(back.numbers).toEqual(order.slice(1, 3));
      }
    }));

  test.each([
    [{ first: 0 }, 'INVALID_PAGE'],
    [{ first: 101 }, 'INVALID_PAGE'],
    [{ after: 'nonsense' }, 'INVALID_CURSOR'],
    [{ after: Buffer.from('["9999999999","1"]').toString('base64url') }, 'INVALID_CURSOR'],
  ])('asked for %j says why there is none', (args, code) =>
    withRollback(async (db) => {
      const { store, viewers } = await buildPeople(db);
      for (const storeCode of [store.code, 'nowhere']) {
        expect((await list(db, viewers.owner, { storeCode }, args)).codes).toEqual([code]);
      }
    }),
  );
});

test.each([
  'Product:nothing',
  `Product:0198c5a0-0000-7000-8000-000000000001:${'9'.repeat(23)}`,
  'Product:\0',
])('the id %j finds nothing', (text) =>
  withRollback(async (db) => {
    const { viewers } = await buildPeople(db);
    const id = Buffer.from(text).toString('base64');
    const found = await execute({ db }, viewers.admin, 'query ($id: ID!) { node(id: $id) { id } }', { id });
    expect(found).toEqual({ data: { node: null } });
  }),
);

test('a store counts its own catalogue, and an empty one has none', () =>
  withRollback(async (db) => {
    const { store, otherStore, viewers } = await buildPeople(db);
    await buildCatalogue(db, store);
    await buildStore(db);
    const query = `{ stores(first: 10) { edges { node { code catalogue { published unpublished drifted missing } } } } }`;
    const { data } = await execute<{ stores: { edges: { node: { code: string; catalogue: object } }[] } }>(
      ...([{ db }, viewers.admin, query] as const),
    );
    const counts = new Map(data?.stores.edges.map(({ node }) => [node.code, node.catalogue]));
    expect(counts.get(store.code)).toEqual({ published: 3, unpublished: 1, drifted: 1, missing: 1 });
    expect(counts.get(otherStore.code)).toEqual({ published: 0, unpublished: 0, drifted: 0, missing: 0 });
  }));

test('a filter finds the same by looking up as by walking', { timeout: 60_000 }, () =>
  withDatabase(async ({ db }) => {
    const { store, viewers } = await buildPeople(db);
    const { storeId, lastImportJobId } = await buildMarketplaceProduct(db, store, 'first', {}, {});
    const numbers = Array.from({ length: 2_400 }, (_, at) => `P-${String(at).padStart(4, '0')}`);
    const keys = { storeId, storeName: '', marketplace: 'Letzshop', contentHash: '', lastImportJobId };
    const rare = (number: string) => Number(number.slice(2)) % 1_100 === 1_099;
    await db.marketplaceProduct.createMany({
      data: numbers.map((marketplaceProductId) => ({
        ...{ ...keys, marketplaceProductId, price: '5.00', currency: 'EUR', availability: 'in_stock' },
        ...(rare(marketplaceProductId) ? { brand: 'Rare', missingSince: new Date() } : {}),
      })),
    });
    const all = await db.marketplaceProduct.findMany({ orderBy: { marketplaceProductId: 'asc' } });
    await db.product.createMany({
      data: all.map(({ id, marketplaceProductId: number }) => ({
        ...{ storeId, marketplaceProductId: id, publishedAt: rare(number) ? null : new Date() },
        ...(rare(number)
          ? { price: '4', priceFeedValue: '6', availability: 'preorder', isFeatured: true }
          : {}),
      })),
    });
    const expectRare = async (filter: object) => {
      const found = await list(db, viewers.owner, { storeCode: store.code, ...filter }, { first: 1 });
      expect([filter, found.numbers]).toEqual([filter, ['P-1099']]);
      expect(found.list).toMatchObject({ totalCount: 2, totalCountExact: true });
      const after = found.list?.pageInfo.endCursor;
      const rest = await list(db, viewers.owner, { storeCode: store.code, ...filter }, { first: 1, after });
      expect(rest.numbers).toEqual(['P-2199']);
    };
    for (const filter of [
      ...[{ drifted: true }, { overridden: true }, { featured: true }, { missing: true }],
      ...[{ brand: ['Rare'] }, { published: false }, { availability: ['PREORDER'] }],
      { search: 'P-', brand: ['Rare'] },
    ])
      await expectRare(filter);
    await db.product.updateMany({ where: { storeId }, data: { availability: null } });
    await db.store.update({ where: { id: storeId }, data: { goneFromFeed: 'OUT_OF_STOCK' } });
    await expectRare({ availability: ['OUT_OF_STOCK'] });
  }),
);

test('a page of 100 products takes as many statements as one of a single product', { timeout: 60_000 }, () =>
  withDatabase(async ({ db }) => {
    const { store, viewers } = await buildPeople(db);
    for (let at = 100; at < 200; at++)
      await buildProduct(db, store, `P-${at}`, { titles: { EN: 'Lamp', FR: 'Lampe' } });
    const query = `query ($code: String!, $first: Int) {
      products(filter: {storeCode: $code}, first: $first) { totalCount edges { node {
        id title(language: FR) pictures published price salePrice availability condition
        overrides { price } feed { price } drift { field own feedThen feedNow }
        store { code catalogue { published drifted } }
        marketplaceProduct { marketplaceProductId title translations { title } product { id price drift { field } } }
      } } } }`;
    const counts = [];
    for (const first of [1, 100]) {
      const variables = { code: store.code, first };
      const { result, statements } = await recordStatements(() =>
        execute<{ products: List }>({ db }, viewers.owner, query, variables),
      );
      expect(result.errors).toBeUndefined();
      expect(result.data?.products.edges).toHaveLength(first);
      counts.push(statements.length);
    }
    expect(counts[1]).toBe(counts[0]);
    expect(counts[1]).toBeLessThanOrEqual(20);
  }),
);
