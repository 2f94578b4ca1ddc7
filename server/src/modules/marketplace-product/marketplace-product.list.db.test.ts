// @module-tag marketplace-product
// @module-tag db
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { withDatabase } from '../../../test/database.ts';
import { withManyProducts, type ManyProductsDatabase } from '../../../test/many-products-database.ts';
import { insertManyProducts } from '../../../test/many-products.ts';
import { explain, readsOf, recordStatements } from '../../../test/statements.ts';
import type { ProductFilter } from './marketplace-product.filter.ts';
import { listProducts } from './marketplace-product.list.ts';

const sizes = { big: 40_000, other: 19_000, small: 500 };
type StoreName = keyof typeof sizes;

const after = (number: string) => Buffer.from(JSON.stringify(['Letzshop', number])).toString('base64url');

interface Case {
  readonly store: StoreName;
  readonly filter: ProductFilter;
  readonly from?: string;
  /** What the page holds, counted. */
  readonly length: number;
  /** Rows that may be read before statistics exist, and after. */
  readonly unanalysed: number;
  readonly analysed: number;
}

const both = (rows: number) => ({ unanalysed: rows, analysed: rows });
/** The walk, and its look-ups of one to three titles. */
const walk = 1_000;
const walkWithTitles = 4_000;

const cases: Readonly<Record<string, Case>> = {
  'the first page': { store: 'big', filter: {}, length: 20, ...both(21) },
  'page 500': { store: 'big', filter: {}, from: 'big-0010000', length: 20, ...both(21) },
  'a page near the end': { store: 'big', filter: {}, from: 'big-0039990', length: 10, ...both(10) },
  'the first page of a small store': { store: 'small', filter: {}, length: 20, ...both(21) },
  'a frequent brand': { store: 'big', filter: { brand: ['Altmühl'] }, length: 20, ...both(50) },
  'a rare brand': { store: 'big', filter: { brand: ['Kirchberg'] }, length: 19, ...both(walk + 50) },
  'a brand that no product bears': { store: 'big', filter: { brand: ['Nobody'] }, length: 0, ...both(walk) },
  'a brand of others in a small store': {
    ...{ store: 'small', filter: { brand: ['Kirchberg'] }, length: 0 },
    ...both(500),
  },
  'a rare availability': {
    store: 'big',
    filter: { availability: ['backorder'] },
    length: 20,
    ...both(walk + 100),
  },
  'a frequent word': { store: 'big', filter: { search: 'lamp' }, length: 20, ...both(500) },
  'a frequent word in a small store': {
    store: 'small',
    filter: { search: 'lamp' },
    length: 20,
    ...both(500),
  },
  'a rare word': { store: 'big', filter: { search: 'zircon' }, length: 8, ...both(walkWithTitles) },
  'a rare word in a small store': { store: 'small', filter: { search: 'zircon' }, length: 0, ...both(2_000) },
  'a word that no title has': {
    store: 'big',
    filter: { search: 'nowhere' },
    length: 0,
    ...both(walkWithTitles),
  },
  'a word of two letters': {
    ...{ store: 'big', filter: { search: 'zi' }, length: 8 },
    // Without statistics the index of titles does not look better than that of the store.
    ...{ unanalysed: 200_000, analysed: walkWithTitles },
  },
  'a number': { store: 'big', filter: { search: 'BIG-0029000' }, length: 1, ...both(walkWithTitles) },
  'the number itself': {
    ...{ store: 'big', filter: { marketplaceProductId: 'big-0029000' }, length: 1 },
    ...both(walk + 10),
  },
  'a GTIN': { store: 'small', filter: { gtin: '4000000000123' }, length: 1, ...both(510) },
  'a frequent brand and a rare word': {
    ...{ store: 'big', filter: { brand: ['Altmühl'], search: 'zircon' }, length: 8 },
    // Without statistics half of the store looks like a handful of rows.
    ...{ unanalysed: 30_000, analysed: walkWithTitles + 5_100 },
  },
  'a brand and a word': {
    ...{ store: 'big', filter: { brand: ['Kirchberg'], search: 'lamp' }, length: 2 },
    ...both(walkWithTitles),
  },
};

async function lengthOf({ db, stores }: ManyProductsDatabase<StoreName>, { store, filter, from }: Case) {
  const args = { first: 20, ...(from ? { after: after(from) } : {}) };
  return (await listProducts(db, stores[store].id, filter, args)).edges.length;
}

describe('a page costs what it shows, and not what the store holds', () => {
  test('before the database has statistics, and with them', { timeout: 120_000 }, () =>
    withManyProducts(sizes, async (many) => {
      for (const state of ['unanalysed', 'analysed'] as const) {
        if (state === 'analysed') await many.client.query('ANALYZE');
        for (const [name, one] of Object.entries(cases)) {
          const reads = await readsOf(many.client, () => lengthOf(many, one));
          const what = `${name}, ${state}`;
          expect.soft(reads.result, what).toBe(one.length);
          expect.soft(reads.rowsRead, what).toBeLessThanOrEqual(one[state]);
          expect.soft(reads.scannedTables, what).toEqual([]);
          expect.soft(reads.statementCount, what).toBeLessThanOrEqual(2);
          expect.soft(reads.inOrder, what).toBe(true);
        }
      }
    }),
  );
});

test('the last products that are not published are not looked for one by one', { timeout: 60_000 }, () =>
  withDatabase(async ({ db, url }) => {
    const { id: storeId } = await buildStore(db);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await insertManyProducts(client, { storeId, count: 6_000, prefix: 'P-', lastImportJobId: randomUUID() });
    await client.query(`INSERT INTO products (store_id, marketplace_product_id, published_at)
      SELECT store_id, id, now() FROM marketplace_products WHERE marketplace_product_id NOT LIKE 'P-%5555'`);
    await client.query('ANALYZE');
    const { result, statements } = await recordStatements(async () => {
      const { edges, total } = await listProducts(db, storeId, { published: false }, { first: 20 });
      return [edges.map(({ node }) => node.marketplaceProductId), await total()];
    });
    expect(result).toEqual([['P-0005555'], { count: 1, exact: true }]);
    for (const statement of statements)
      expect.soft((await explain(client, statement)).mostLookUps).toBeLessThanOrEqual(walk);
    await client.end();
  }),
);
