// @module-tag marketplace-product
// @module-tag db
import { describe, expect, test } from 'vitest';
import { buildImportJob, buildMerchant, buildStore, buildUser } from '../../../test/builders.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import { execute, signedIn } from '../../../test/execute.ts';
import { recordStatements } from '../../../test/statements.ts';
import type { MarketplaceProduct, Prisma, Store } from '../../generated/prisma/client.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';
import { listBrands } from './marketplace-product.facets.ts';
import { listProducts } from './marketplace-product.list.ts';

type Values = Partial<Prisma.MarketplaceProductUncheckedCreateInput>;
type Texts = Readonly<Partial<Record<'EN' | 'FR' | 'DE', string>>>;

async function buildProduct(
  db: Db,
  store: Store,
  marketplaceProductId: string,
  titles: Texts = { EN: `Product ${marketplaceProductId}` },
  values: Values = {},
): Promise<MarketplaceProduct> {
  const lastImportJobId = (await buildImportJob(db, { storeId: store.id })).id;
  const texts = Object.entries(titles).map(([language, title]) => ({
    ...{ language: language as 'EN', title, lastImportJobId },
    ...{ contentHash: '', productContentHash: '' },
  }));
  const keys = { storeId: store.id, storeName: store.name, marketplace: 'Letzshop', marketplaceProductId };
  return db.marketplaceProduct.create({
    data: { contentHash: '', lastImportJobId, ...keys, ...values, translations: { create: texts } },
  });
}

interface List {
  readonly marketplaceProducts: {
    readonly totalCount: number;
    readonly totalCountExact: boolean;
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
    readonly edges: readonly {
      readonly node: { readonly id: string; readonly marketplaceProductId: string };
    }[];
  };
}

const listQuery = `query ($filter: MarketplaceProductFilter!, $first: Int, $after: String, $last: Int, $before: String) {
  marketplaceProducts(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    totalCount totalCountExact pageInfo { endCursor hasNextPage } edges { node { id marketplaceProductId } }
  }
}`;

async function list(db: Db, viewer: Viewer | null, filter: object, args: object = {}) {
  const { data, errors } = await execute<List>({ db: db }, viewer, listQuery, { filter, ...args });
  return { list: data?.marketplaceProducts, errors };
}

const numbersOf = (found?: List['marketplaceProducts']) =>
  found?.edges.map(({ node }) => node.marketplaceProductId);

const admin = async (db: Db) => signedIn(db, await buildUser(db, { platformAdmin: true }));

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
      const product = await buildProduct(db, store, 'P-1');
      const viewer = await signedIn(db, await people[who](db, store));
      const found = await list(db, viewer, { storeCode: store.code });
      expect(found.errors).toBeUndefined();
      expect(numbersOf(found.list)).toEqual(sees ? ['P-1'] : []);
      expect(found.list?.totalCount).toBe(sees ? 1 : 0);
      const id = Buffer.from(`MarketplaceProduct:${store.id}:${product.id}`).toString('base64');
      const node = await execute({ db: db }, viewer, `query ($id: ID!) { node(id: $id) { id } }`, {
        id,
      });
      expect(node).toEqual({ data: { node: sees ? { id } : null } });
    }),
  );

  test('nobody who is signed out', () =>
    withRollback(async (db) => {
      const store = await buildStore(db);
      const { errors } = await list(db, null, { storeCode: store.code });
      expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['UNAUTHENTICATED']);
    }));

  test('a store that does not exist has none', () =>
    withRollback(async (db) => {
      const found = await list(db, await admin(db), { storeCode: 'nowhere', search: 'lamp' });
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
    const found = await execute({ db: db }, await admin(db), `query ($id: ID!) { node(id: $id) { id } }`, {
      id,
    });
    expect(found).toEqual({ data: { node: null } });
  }),
);

test('the id of one store’s product with another store in it finds nothing', () =>
  withRollback(async (db) => {
    const product = await buildProduct(db, await buildStore(db), 'P-1');
    const id = Buffer.from(`MarketplaceProduct:${(await buildStore(db)).id}:${product.id}`).toString(
      'base64',
    );
    const found = await execute({ db: db }, await admin(db), `query ($id: ID!) { node(id: $id) { id } }`, {
      id,
    });
    expect(found).toEqual({ data: { node: null } });
  }));

const buildShop = async (db: Db): Promise<Store> => {
  const store = await buildStore(db);
  await buildProduct(
    db,
    store,
    'A-1',
    { EN: 'Tea kettle', FR: 'Théière' },
    { brand: 'Fontaine', gtin: '4006381333931' },
  );
  await buildProduct(
    db,
    store,
    'A-2',
    { DE: 'Große Tischlampe' },
    { brand: 'fontaine', availability: 'in_stock' },
  );
  await buildProduct(
    db,
    store,
    'B-1',
    { EN: 'Lamp 100% wool_a' },
    { brand: 'Ilmenau', availability: 'backorder' },
  );
  await buildProduct(
    db,
    store,
    'B-2',
    { EN: 'Oak table' },
    { gtin: '036000291452', availability: 'in_stock' },
  );
  return store;
};

test.each([
  [{}, ['A-1', 'A-2', 'B-1', 'B-2']],
  [{ search: '  ' }, ['A-1', 'A-2', 'B-1', 'B-2']],
  [{ search: 'THEIERE' }, ['A-1']],
  [{ search: 'grosse' }, ['A-2']],
  [{ search: 'lamp' }, ['A-2', 'B-1']],
  [{ search: 'lamp', language: 'EN' }, ['B-1']],
  [{ search: 'b-' }, ['B-1', 'B-2']],
  [{ search: 'B-1' }, ['B-1']],
  [{ search: '4006381333931' }, ['A-1']],
  [{ search: '100%' }, ['B-1']],
  [{ search: 'l_mp' }, []],
  [{ search: "'; DROP TABLE stores; --" }, []],
  [{ search: '(((' }, []],
  [{ search: '\u0000\ud800' }, ['A-1', 'A-2', 'B-1', 'B-2']],
  [{ brand: ['Fontaine'] }, ['A-1']],
  [{ brand: ['Fontaine', 'Ilmenau', 'Nobody\u0000'] }, ['A-1', 'B-1']],
  [{ brand: [] }, ['A-1', 'A-2', 'B-1', 'B-2']],
  [{ availability: ['IN_STOCK', 'BACKORDER'] }, ['A-2', 'B-1', 'B-2']],
  [{ availability: ['IN_STOCK'], search: 'oak' }, ['B-2']],
  [{ language: 'FR' }, ['A-1']],
  [{ marketplaceProductId: 'A-1' }, ['A-1']],
  [{ marketplaceProductId: 'a-1' }, []],
  [{ gtin: '00036000291452' }, ['B-2']],
  [{ gtin: 'none' }, []],
])('the filter %j finds %j', (filter, numbers) =>
  withRollback(async (db) => {
    const store = await buildShop(db);
    await buildShop(db);
    const found = await list(db, await admin(db), { storeCode: store.code, ...filter });
    expect(found.errors).toBeUndefined();
    expect(numbersOf(found.list)).toEqual(numbers);
    expect(found.list).toMatchObject({ totalCount: numbers.length, totalCountExact: true });
  }),
);

test('pages follow each other without a gap, forwards and backwards', () =>
  withRollback(async (db) => {
    const store = await buildShop(db);
    const viewer = await admin(db);
    const filter = { storeCode: store.code, availability: ['IN_STOCK', 'BACKORDER'] };
    const first = await list(db, viewer, filter, { first: 2 });
    expect([numbersOf(first.list), first.list?.pageInfo.hasNextPage]).toEqual([['A-2', 'B-1'], true]);
    const second = await list(db, viewer, filter, { first: 2, after: first.list?.pageInfo.endCursor });
    expect([numbersOf(second.list), second.list?.pageInfo.hasNextPage]).toEqual([['B-2'], false]);
    const back = await list(db, viewer, filter, { last: 2, before: second.list?.pageInfo.endCursor });
    expect(numbersOf(back.list)).toEqual(['A-2', 'B-1']);
  }));

test('filters find the same by looking up as by walking', () =>
  withDatabase(async ({ db }) => {
    const store = await buildStore(db);
    const keys = { storeId: store.id, storeName: '', marketplace: 'Letzshop', contentHash: '' };
    const { id: lastImportJobId } = await buildImportJob(db, { storeId: store.id });
    await db.marketplaceProduct.createMany({
      data: Array.from({ length: 2_500 }, (_, at) => ({
        ...{ ...keys, lastImportJobId, marketplaceProductId: `P-${String(at).padStart(4, '0')}` },
        brand: at % 1_100 === 0 ? 'Rare' : at % 2 ? 'Odd' : 'Even',
      })),
    });
    for (const { id, marketplaceProductId } of await db.marketplaceProduct.findMany({
      where: { brand: 'Rare' },
    })) {
      const texts = { language: 'EN' as const, title: `Zircon ${marketplaceProductId}`, contentHash: '' };
      await db.marketplaceProductTranslation.create({
        data: { ...texts, productId: id, storeId: store.id, lastImportJobId, productContentHash: '' },
      });
    }
    const viewer = await admin(db);
    for (const filter of [
      { brand: ['Rare'] },
      { search: 'zircon' },
      { search: 'zircon', brand: ['Rare', 'Odd'] },
    ]) {
      const found = await list(db, viewer, { storeCode: store.code, ...filter }, { first: 2 });
      expect(numbersOf(found.list)).toEqual(['P-0000', 'P-1100']);
      expect(found.list).toMatchObject({
        totalCount: 3,
        totalCountExact: true,
        pageInfo: { hasNextPage: true },
      });
      const after = found.list?.pageInfo.endCursor;
      const rest = await list(db, viewer, { storeCode: store.code, ...filter }, { first: 2, after });
      expect(numbersOf(rest.list)).toEqual(['P-2200']);
    }
  }));

test('a product says what the feed said of it, and gives no link that could do harm', () =>
  withRollback(async (db) => {
    const store = await buildStore(db, { name: 'Weber' });
    const product = await buildProduct(
      db,
      store,
      'P-1',
      { FR: 'Théière', DE: 'Teekanne' },
      {
        ...{
          price: '12.5',
          currency: 'EUR',
          availability: 'in_stock',
          condition: 'new',
          ageGroup: 'all ages',
        },
        ...{ imageLink: 'https://pictures.example.test/1.jpg', virtualModelLink: 'javascript:alert(1)' },
        additionalImageLink: ['https://pictures.example.test/2.jpg', 'data:image/png,x'],
        shipping: [{ country: 'LU', price: '4.90 EUR' }],
        salePriceEffectiveFrom: new Date('2026-01-02T03:04:05Z'),
      },
    );
    await db.marketplaceProductTranslation.updateMany({
      where: { productId: product.id, language: 'DE' },
      data: { extra: { Regal: '7b' }, link: 'javascript:alert(1)' },
    });
    const { data, errors } = await execute<{
      marketplaceProducts: { nodes: unknown[]; edges: { node: unknown }[] };
    }>(
      { db: db },
      await admin(db),
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
    for (let at = 100; at < 200; at++) await buildProduct(db, store, `P-${at}`, { EN: 'Lamp', FR: 'Lampe' });
    const viewer = await admin(db);
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

test.each([
  ...['noel', 'NOËL', "d'olive", 'd’olive', 'or', 't-shirt', 'usb-c', 'skoda', 'käse', 'aaa', 'c-3'],
])('the database reads the pattern of %s as it is meant', (search) =>
  withRollback(async (db) => {
    const store = await buildStore(db);
    const title = "Noël, huile d’olive, d'or, T Shirt, USB‑C, Škoda, Kaese, AAA, C 3";
    await buildProduct(db, store, '1', { FR: title });
    const { edges } = await listProducts(db, store.id, { search }, { first: 1 });
    expect(edges).toHaveLength(1);
  }),
);

test('a brand behind thousands of others is found by its name', () =>
  withRollback(async (db) => {
    const { id } = await buildStore(db);
    await db.$executeRaw`
      INSERT INTO marketplace_products (store_id, store_name, marketplace, marketplace_product_id, availability, brand,
        content_hash, last_import_job_id)
      SELECT ${id}::uuid, 'Many', 'Letzshop', n::text, 'in_stock', 'Brand ' || lpad(n::text, 5, '0'), '', gen_random_uuid()
      FROM generate_series(1, 6000) n`;
    await db.$executeRaw`ANALYZE marketplace_products`;
    expect((await listBrands(db, [id], 'brand 05990', 20)).get(id)).toEqual(['Brand 05990']);
    expect((await listBrands(db, [id], 'brand', 2)).get(id)).toEqual(['Brand 00001', 'Brand 00002']);
  }));

test('a store has the brands and the number of its own products', () =>
  withRollback(async (db) => {
    const store = await buildShop(db);
    const empty = await buildStore(db);
    await buildProduct(db, empty, 'X-1', { EN: 'X' }, { brand: 'Elsewhere' });
    const ask = async (code: string, rest: string) => {
      const query = `query ($code: String!) { store(code: $code) { marketplaceProductCount brands${rest} } }`;
      return (await execute({ db: db }, await admin(db), query, { code })).data?.['store'];
    };
    expect(await ask(store.code, '')).toEqual({
      marketplaceProductCount: 4,
      brands: ['Fontaine', 'Ilmenau', 'fontaine'],
    });
    expect(await ask(store.code, '(search: "FONTÄINE")')).toMatchObject({ brands: ['Fontaine', 'fontaine'] });
    expect(await ask(store.code, '(first: 1)')).toMatchObject({ brands: ['Fontaine'] });
    expect(await ask(store.code, '(first: -5)')).toMatchObject({ brands: ['Fontaine'] });
    expect(await ask((await buildStore(db)).code, '')).toEqual({ marketplaceProductCount: 0, brands: [] });
  }));
