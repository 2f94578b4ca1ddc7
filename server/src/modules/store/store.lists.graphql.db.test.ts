// @module-tag store
// @module-tag db
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { expect, test } from 'vitest';
import { buildMerchant, buildStore, buildUser } from '../../../test/builders.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import { execute, signedIn, signedInAdmin } from '../../../test/execute.ts';
import { globalIdOf } from '../../../test/global-id.ts';
import { explain, recordStatements } from '../../../test/statements.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';

interface Page {
  readonly totalCount: number;
  readonly edges: readonly { readonly node: { readonly name: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function listStores(db: Db, viewer: Viewer | null, args: string): Promise<Page> {
  const source = `{ stores${args} { totalCount edges { node { name } } pageInfo { hasNextPage endCursor } } }`;
  const { data, errors } = await execute<{ stores: Page }>({ db }, viewer, source);
  if (!data) throw new Error(JSON.stringify(errors));
  return data.stores;
}
const namesIn = (page: Page) => page.edges.map(({ node }) => node.name);
test('stores come by name as a reader expects, page by page', () =>
  withRollback(async (db) => {
    for (const name of ['zèbre', 'Élan', 'apple', 'Zebra', 'elan', 'apple']) await buildStore(db, { name });
    const viewer = await signedInAdmin(db);
    const all = await listStores(db, viewer, '(first: 10)');
    expect(namesIn(all)).toEqual(['apple', 'apple', 'elan', 'Élan', 'Zebra', 'zèbre']);
    const seen: string[] = [];
    for (let after = ''; ;) {
      const page = await listStores(db, viewer, `(first: 2${after})`);
      seen.push(...namesIn(page));
      if (!page.pageInfo.hasNextPage) break;
      after = `, after: "${page.pageInfo.endCursor ?? ''}"`;
    }
    expect(seen).toEqual(namesIn(all));
    expect(namesIn(await listStores(db, viewer, '(last: 2)'))).toEqual(['Zebra', 'zèbre']);
  }));

test('a search looks into codes and names, and means its characters', () =>
  withRollback(async (db) => {
    await buildStore(db, { code: 'weber-livres', name: 'Livres' });
    await buildStore(db, { code: 'velo', name: 'Vélo Weber' });
    await buildStore(db, { code: 'sale', name: '100% Sale_' });
    const viewer = await signedInAdmin(db);
    const search = async (text: string) => {
      const page = await listStores(db, viewer, `(search: ${JSON.stringify(text)})`);
      return { names: namesIn(page), total: page.totalCount };
    };
    expect(await search('WEBER')).toEqual({ names: ['Livres', 'Vélo Weber'], total: 2 });
    expect(await search('VÉLO')).toEqual({ names: ['Vélo Weber'], total: 1 });
    expect(await search('0% s')).toEqual({ names: ['100% Sale_'], total: 1 });
    expect(await search('sale_')).toEqual({ names: ['100% Sale_'], total: 1 });
    expect(await search('_')).toEqual({ names: ['100% Sale_'], total: 1 });
    expect(await search('nothing\u0000')).toEqual({ names: [], total: 0 });
    expect(await search('  ')).toMatchObject({ total: 3 });
  }));

test('everybody finds their own, and the filter by merchant tells nothing of others', () =>
  withRollback(async (db) => {
    const merchant = await buildMerchant(db);
    const [own, managed] = [
      await buildStore(db, { merchantId: merchant.id, name: 'Own' }),
      await buildStore(db),
    ];
    const owner = await db.user.findUniqueOrThrow({ where: { id: merchant.ownerId } });
    const manager = await buildUser(db);
    await db.storeMember.create({ data: { storeId: managed.id, userId: manager.id, role: 'MANAGER' } });
    const globalId = (id: string) => globalIdOf('Merchant', id);
    const by = (id: string) => `(merchantId: "${id}")`;
    const [asOwner, asManager] = [await signedIn(db, owner), await signedIn(db, manager)];
    expect(namesIn(await listStores(db, asOwner, ''))).toEqual(['Own']);
    expect(namesIn(await listStores(db, asManager, ''))).toEqual([managed.name]);
    expect(namesIn(await listStores(db, asOwner, by(globalId(merchant.id))))).toEqual([own.name]);
    // The manager sees the store, and still not whose it is.
    expect(namesIn(await listStores(db, asManager, by(globalId(managed.merchantId))))).toEqual([]);
    for (const id of ['nonsense', ''])
      expect(await listStores(db, asOwner, by(id))).toMatchObject({ totalCount: 0, edges: [] });
    expect(namesIn(await listStores(db, await signedIn(db, await buildUser(db)), ''))).toEqual([]);
  }));

async function buildMany(db: Db, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const store = await buildStore(db, { hostname: `${randomUUID()}.example` });
    await buildStore(db, { merchantId: store.merchantId });
    const user = await buildUser(db);
    await db.storeMember.create({ data: { storeId: store.id, userId: user.id, role: 'STAFF' } });
  }
}

test.each([
  [
    'stores with all that belongs to them',
    `{ stores(first: 100) { totalCount edges { node { code viewerRole merchant { name owner { name } }
       domains { hostname } members { role email user { name } } } } } }`,
  ],
  [
    'merchants with pages of their stores',
    `{ merchants(first: 100) { totalCount edges { node { name owner { name email }
       stores(first: 2) { totalCount edges { node { code domains { hostname } } } } } } } }`,
  ],
])('a hundred %s take as many statements as three', (_what, source) =>
  withRollback(async (db) => {
    const viewer = await signedInAdmin(db);
    const count = async () => {
      // Measured already: more than one operation may ask for, so that a statement for each would show.
      const services = { db, measured: true };
      const { result, statements } = await recordStatements(() => execute(services, viewer, source));
      expect(result.errors).toBeUndefined();
      return statements.length;
    };
    await buildMany(db, 3);
    const few = await count();
    await buildMany(db, 47);
    expect(await count()).toBe(few);
    expect(few).toBeLessThanOrEqual(12);
  }),
);

test('each merchant has its own page of stores, and its own total', () =>
  withRollback(async (db) => {
    const viewer = await signedInAdmin(db);
    for (const [name, stores] of [
      ['A', 3],
      ['B', 1],
      ['C', 0],
    ] as const) {
      const merchant = await buildMerchant(db, { name });
      for (let n = stores; n > 0; n--) await buildStore(db, { merchantId: merchant.id, name: `${name}${n}` });
    }
    const source = `{ merchants { edges { node { name
      page: stores(first: 2) { ...names } last: stores(last: 1) { ...names } } } } }
      fragment names on MerchantStoresConnection { totalCount edges { node { name } } pageInfo { hasNextPage } }`;
    const { data } = await execute<{ merchants: { edges: { node: Record<'page' | 'last', Page> }[] } }>(
      { db },
      viewer,
      source,
    );
    const pages = data?.merchants.edges.map(({ node }) => ({
      page: namesIn(node.page),
      more: node.page.pageInfo.hasNextPage,
      last: namesIn(node.last),
      total: node.page.totalCount,
    }));
    expect(pages).toEqual([
      { page: ['A1', 'A2'], more: true, last: ['A3'], total: 3 },
      { page: ['B1'], more: false, last: ['B1'], total: 1 },
      { page: [], more: false, last: [], total: 0 },
    ]);
  }));

test('a search among many thousand stores goes by the indexes of trigrams', () =>
  withDatabase(async ({ db, url }) => {
    const { id: merchantId } = await buildMerchant(db);
    await db.$executeRaw`
      INSERT INTO stores (id, merchant_id, code, name)
      SELECT gen_random_uuid(), ${merchantId}::uuid, md5('code ' || n), md5('name ' || n) FROM generate_series(1, 20000) AS n`;
    await db.$executeRawUnsafe('VACUUM ANALYZE stores');
    const viewer = await signedInAdmin(db);
    const { statements } = await recordStatements(() => listStores(db, viewer, '(search: "0a1b2")'));
    const search = statements.find(({ text }) => text.includes('ILIKE'));
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      const { indexes, rowsRead } = await explain(client, search ?? { text: '', values: [] });
      expect(indexes.toSorted()).toEqual(['stores_code_idx', 'stores_name_idx']);
      expect(rowsRead).toBeLessThan(200);
    } finally {
      await client.end();
    }
  }));
