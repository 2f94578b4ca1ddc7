// @module-tag marketplace-product
// @module-tag db
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { buildMerchant, buildStore, buildUser } from '../../../test/builders.ts';
import { buildMarketplaceProduct, productId } from '../../../test/catalogue.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import { execute, signedIn, signedInAdmin } from '../../../test/execute.ts';
import { insertManyProducts } from '../../../test/many-products.ts';
import { buildLampShop, listMarketplaceProducts, numbersOf } from '../../../test/product-lists.ts';
import { recordStatements } from '../../../test/statements.ts';
import type { Store } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import { listBrands } from './marketplace-product.facets.ts';

describe('who sees the products of a store', () => {
  const people = {
    'the owner of the merchant': async (db: Db, store: Store) => {
      const merchant = await db.merchant.findUniqueOrThrow({
        where: { id: store.merchantId },
        include: { owner: true },
      });
      return merchant.owner;
    },
    'a manager of the store': (db: Db, store: Store) => buildMember(db, store, 'MANAGER'),
    'staff of the store': (db: Db, store: Store) => buildMember(db, store, 'STAFF'),
    'an admin': (db: Db) => buildUser(db, { platformAdmin: true }),
    'the owner of another merchant': async (db: Db) => {
      const user = await buildUser(db);
      await buildStore(db, { merchantId: (await buildMerchant(db, { ownerId: user.id })).id });
      return user;
    },
    'somebody without a store': (db: Db) => buildUser(db),
  };

  async function buildMember(db: Db, store: Store, role: 'MANAGER' | 'STAFF') {
    const user = await buildUser(db);
    await db.storeMember.create({ data: { storeId: store.id, userId: user.id, role } });
    return user;
  }

  test.each([
    ['the owner of the merchant', true],
    ['a manager of the store', true],
    ['staff of the store', true],
    ['an admin', true],
    ['the owner of another merchant', false],
    ['somebody without a store', false],
  ] as const)('%s: %s', (who, sees) =>
    withRollback(async (db) => {
      const store = await buildStore(db);
      const product = await buildMarketplaceProduct(db, store, 'P-1');
      const viewer = await signedIn(db, await people[who](db, store));
      const found = await listMarketplaceProducts(db, viewer, { storeCode: store.code });
      expect(found.errors).toBeUndefined();
      expect(numbersOf(found.list)).toEqual(sees ? ['P-1'] : []);
      expect(found.list?.totalCount).toBe(sees ? 1 : 0);
      const id = productId('MarketplaceProduct', product);
      const node = await execute({ db }, viewer, `query ($id: ID!) { node(id: $id) { id } }`, {
        id,
      });
      expect(node).toEqual({ data: { node: sees ? { id } : null } });
    }),
  );

  test('nobody who is signed out', () =>
    withRollback(async (db) => {
      const store = await buildStore(db);
      const { errors } = await listMarketplaceProducts(db, null, { storeCode: store.code });
      expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['UNAUTHENTICATED']);
    }));

  test('a store that does not exist has none', () =>
    withRollback(async (db) => {
      const found = await listMarketplaceProducts(db, await signedInAdmin(db), {
        storeCode: 'nowhere',
        search: 'lamp',
      });
      expect(found).toMatchObject({
        errors: undefined,
        list: { edges: [], totalCount: 0, totalCountExact: true },
      });
    }));
});

test.each([
  'MarketplaceProduct:nothing',
  'MarketplaceProduct:0198c5a0-0000-7000-8000-000000000001:99999999999999999999999',
  'MarketplaceProduct:0198c5a0-0000-7000-8000-000000000001:7',
])('the id %s finds nothing', (text) =>
  withRollback(async (db) => {
    const id = Buffer.from(text).toString('base64');
    const found = await execute(
      { db },
      await signedInAdmin(db),
      `query ($id: ID!) { node(id: $id) { id } }`,
      {
        id,
      },
    );
    expect(found).toEqual({ data: { node: null } });
  }),
);

test('the id of one store’s product with another store in it finds nothing', () =>
  withRollback(async (db) => {
    const product = await buildMarketplaceProduct(db, await buildStore(db), 'P-1');
    const id = productId('MarketplaceProduct', { storeId: (await buildStore(db)).id, id: product.id });
    const found = await execute(
      { db },
      await signedInAdmin(db),
      `query ($id: ID!) { node(id: $id) { id } }`,
      {
        id,
      },
    );
    expect(found).toEqual({ data: { node: null } });
  }));

test('a product says what the feed said of it, and gives no link that could do harm', () =>
  withRollback(async (db) => {
    const store = await buildStore(db, { name: 'Weber' });
    const product = await buildMarketplaceProduct(
      db,
      store,
      'P-1',
      {
        ...{ price: '12.5', ageGroup: 'all ages' },
        ...{ imageLink: 'https://pictures.example.test/1.jpg', virtualModelLink: 'javascript:alert(1)' },
        additionalImageLink: ['https://pictures.example.test/2.jpg', 'data:image/png,x'],
        shipping: [{ country: 'LU', price: '4.90 EUR' }],
        salePriceEffectiveFrom: new Date('2026-01-02T03:04:05Z'),
      },
      { FR: 'Théière', DE: 'Teekanne' },
    );
    await db.marketplaceProductTranslation.updateMany({
      where: { productId: product.id, language: 'DE' },
      data: { extra: { Regal: '7b' }, link: 'javascript:alert(1)' },
    });
    const { data, errors } = await execute<{
      marketplaceProducts: { nodes: unknown[]; edges: { node: unknown }[] };
    }>(
      { db },
      await signedInAdmin(db),
      `query ($code: String!) { marketplaceProducts(filter: {storeCode: $code}) { edges { node {
        title german: title(language: DE) english: title(language: EN)
        translations { language title extra link } store { code } storeName lastImportJob { status }
        price salePrice currency availability condition ageGroup pictures imageLink virtualModelLink
        additionalImageLink shipping salePriceEffectiveFrom gtin brand } } } }`,
      { code: store.code },
    );
    expect(errors).toBeUndefined();
    expect(data?.marketplaceProducts.edges[0]?.node).toEqual({
      ...{ title: 'Théière', german: 'Teekanne', english: 'Théière' },
      translations: [
        { language: 'FR', title: 'Théière', extra: null, link: null },
        { language: 'DE', title: 'Teekanne', extra: { Regal: '7b' }, link: null },
      ],
      ...{ store: { code: store.code }, storeName: 'Weber', lastImportJob: { status: 'PENDING' } },
      ...{ price: '12.50', salePrice: null, currency: 'EUR', availability: 'IN_STOCK', condition: 'NEW' },
      ...{ ageGroup: 'ALL_AGES', gtin: null, brand: null },
      pictures: ['https://pictures.example.test/1.jpg', 'https://pictures.example.test/2.jpg'],
      imageLink: 'https://pictures.example.test/1.jpg',
      virtualModelLink: null,
      additionalImageLink: ['https://pictures.example.test/2.jpg'],
      shipping: [{ country: 'LU', price: '4.90 EUR' }],
      salePriceEffectiveFrom: '2026-01-02T03:04:05.000Z',
    });
  }));

test('a page of 100 products takes as many statements as one of a single product', { timeout: 60_000 }, () =>
  withDatabase(async ({ db }) => {
    const store = await buildStore(db);
    for (let at = 100; at < 200; at++)
      await buildMarketplaceProduct(db, store, `P-${at}`, {}, { EN: 'Lamp', FR: 'Lampe' });
    const viewer = await signedInAdmin(db);
    const query = `query ($code: String!, $first: Int) {
      marketplaceProducts(filter: {storeCode: $code}, first: $first) { totalCount edges { node {
        id title(language: FR) brand price pictures store { code marketplaceProductCount brands }
        translations { language title description lastImportJob { id } } lastImportJob { id status }
      } } } }`;
    const counts = [];
    for (const first of [1, 100]) {
      const { result, statements } = await recordStatements(() =>
        execute<{ marketplaceProducts: { edges: unknown[] } }>({ db }, viewer, query, {
          code: store.code,
          first,
        }),
      );
      expect(result.errors).toBeUndefined();
      expect(result.data?.marketplaceProducts.edges).toHaveLength(first);
      counts.push(statements.length);
    }
    expect(counts[1]).toBe(counts[0]);
    expect(counts[1]).toBeLessThanOrEqual(16);
  }),
);

test('a store has the brands and the number of its own products', () =>
  withRollback(async (db) => {
    const store = await buildLampShop(db);
    const empty = await buildStore(db);
    await buildMarketplaceProduct(db, empty, 'X-1', { brand: 'Elsewhere' });
    const ask = async (code: string, rest: string) => {
      const query = `query ($code: String!) { store(code: $code) { marketplaceProductCount brands${rest} } }`;
      return (await execute({ db }, await signedInAdmin(db), query, { code })).data?.['store'];
    };
    expect(await ask(store.code, '')).toEqual({
      marketplaceProductCount: 4,
      brands: ['Fontaine', 'Ilmenau', 'fontaine'],
    });
    expect(await ask(store.code, '(search: "FONTÄINE")')).toMatchObject({ brands: ['Fontaine', 'fontaine'] });
    expect(await ask(store.code, '(first: 1)')).toMatchObject({ brands: ['Fontaine'] });
    for (const first of [0, 101]) {
      const query = `{ store(code: "${store.code}") { brands(first: ${first}) } }`;
      const { errors } = await execute({ db }, await signedInAdmin(db), query);
      expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['INVALID_PAGE']);
    }
    expect(await ask((await buildStore(db)).code, '')).toEqual({ marketplaceProductCount: 0, brands: [] });
  }));

test('a search for brands looks at so many of all stores together', () =>
  withDatabase(async ({ db, url }) => {
    const stores = [];
    for (let store = 0; store < 8; store++) stores.push((await buildStore(db)).id);
    const [storeId = ''] = stores;
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await insertManyProducts(client, { storeId, count: 2_600, prefix: '', lastImportJobId: randomUUID() });
    await client.end();
    await db.$executeRaw`UPDATE marketplace_products SET brand = 'b' || marketplace_product_id`;
    await db.$executeRaw`ANALYZE marketplace_products`;
    const brand = 'b0002600';
    expect((await listBrands(db, [storeId], brand, 1)).get(storeId)).toEqual([brand]);
    expect((await listBrands(db, stores, brand, 1)).get(storeId)).toEqual([]);
  }));
