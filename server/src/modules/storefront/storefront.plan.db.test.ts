// @module-tag storefront
// @module-tag db
import type pg from 'pg';
import { expect, test } from 'vitest';
import { withManyProducts } from '../../../test/many-products-database.ts';
import { readsOf } from '../../../test/statements.ts';
import type { StorefrontFilter } from './storefront.filter.ts';
import { findShownById, findShownByNumber } from './storefront.product.ts';
import { findShownPage } from './storefront.service.ts';

const sizes = { big: 40_000, other: 19_000, small: 500 };
type StoreName = keyof typeof sizes;

/** Three shops with 60,000 products. */
const withShops = (use: Parameters<typeof withManyProducts<StoreName>>[1]) =>
  withManyProducts(sizes, async (many) => {
    for (const { id } of Object.values(many.stores)) await publish(many.client, id);
    await use(many);
  });

/** One in ten is not published, one in 2,000 featured, one in 5,000 sold out by its store. */
const publish = (client: pg.Client, storeId: string) =>
  client.query(
    `INSERT INTO products (store_id, marketplace_product_id, published_at, is_featured, availability)
     SELECT store_id, id, CASE WHEN n % 10 <> 0 THEN now() END, n % 2000 = 1999,
       CASE WHEN n % 5000 = 4999 THEN 'preorder' END
     FROM (SELECT store_id, id, right(marketplace_product_id, 7)::int AS n FROM marketplace_products
           WHERE store_id = $1 ORDER BY marketplace_product_id) p`,
    [storeId],
  );

interface Case {
  readonly store?: StoreName;
  readonly filter?: StorefrontFilter;
  readonly args?: { readonly last?: number; readonly place?: number };
  /** What the page holds, counted. */
  readonly length: number;
  /** Rows that may be read before statistics exist, and after. */
  readonly unanalysed: number;
  readonly analysed: number;
}

const both = (rows: number) => ({ unanalysed: rows, analysed: rows });
/** Three rows for each product of the page, and one more of each of the keys. */
const page = 120;
/** The walk, and its look-ups of a product and one to three titles. */
const walk = 2_000 + page;
const walkWithTitles = 4_500 + page;
/** Without statistics the index of titles, asked for one of several halves, does not look better than no index. */
const everything = 80_000;

const cases: Readonly<Record<string, Case>> = {
  'the first page': { length: 20, ...both(page) },
  'a page half-way down': { args: { place: 18_000 }, length: 20, ...both(page) },
  'the last page': { args: { last: 20 }, length: 20, ...both(page) },
  'the first page of a small store': { store: 'small', length: 20, ...both(page) },
  'the featured ones': { filter: { featured: true }, length: 20, ...both(page) },
  'those that are not featured': { filter: { featured: false }, length: 20, ...both(page) },
  'a frequent brand': { filter: { brand: ['Altmühl'] }, length: 20, ...both(200) },
  'a rare brand': { filter: { brand: ['Kirchberg'] }, length: 16, ...both(walk + 100) },
  'a brand that no product bears': { filter: { brand: ['Nobody'] }, length: 0, ...both(walk) },
  'a brand of others in a small store': {
    ...{ store: 'small', filter: { brand: ['Kirchberg'] }, length: 0 },
    ...both(1_000),
  },
  'a rare availability': { filter: { availability: ['backorder'] }, length: 20, ...both(walk + 250) },
  'an availability that only stores have set': {
    ...{ filter: { availability: ['preorder'] }, length: 8 },
    ...both(walk + 100),
  },
  'a frequent word': { filter: { search: 'lampe' }, length: 20, ...both(2_000) },
  'a rare word': { filter: { search: 'zircon' }, length: 8, ...both(walkWithTitles) },
  'a typo in a frequent word': {
    filter: { search: 'theirère' },
    length: 20,
    ...both(walkWithTitles + 2_000),
  },
  'a typo in a rare word': {
    ...{ filter: { search: 'zirkon' }, length: 8 },
    ...{ unanalysed: everything, analysed: 2 * walkWithTitles },
  },
  'a word that no title has': {
    ...{ filter: { search: 'nowhere' }, length: 0 },
    ...{ unanalysed: everything, analysed: 2 * walkWithTitles },
  },
  'a word of five letters that no title has': {
    ...{ filter: { search: 'qvxyz' }, length: 0 },
    ...{ unanalysed: everything, analysed: 2 * walkWithTitles },
  },
  'a word of four letters that no title has': {
    ...{ filter: { search: 'jvwx' }, length: 0 },
    ...{ unanalysed: everything, analysed: 2 * walkWithTitles },
  },
  'a typo in a rare word of five letters': {
    ...{ filter: { search: 'zirkn' }, length: 0 },
    ...{ unanalysed: everything, analysed: 2 * walkWithTitles },
  },
  'a GTIN': { store: 'small', filter: { search: '4000000000123' }, length: 1, ...both(walkWithTitles) },
  'a brand and a word': {
    ...{ filter: { brand: ['Kirchberg'], search: 'lamp' }, length: 2 },
    ...both(walkWithTitles),
  },
};

const cursorOf = (id: bigint) => Buffer.from(JSON.stringify(['0', `${id}`])).toString('base64url');

test(
  'what a shop page asks for costs what it shows, before the database has statistics and with them',
  { timeout: 180_000 },
  () =>
    withShops(async ({ db, client, stores }) => {
      const { rows } = await client.query<{ id: string; number: string }>(
        `SELECT o.id, p.marketplace_product_id AS number FROM products o
       JOIN marketplace_products p ON p.id = o.marketplace_product_id WHERE o.store_id = $1 ORDER BY o.id`,
        [stores.big.id],
      );
      const pageOf =
        ({ store = 'big', filter = {}, args: { last, place } = {} }: Case) =>
        async () => {
          const id = place === undefined ? undefined : rows[place]?.id;
          const args = {
            ...(last ? { last } : { first: 20 }),
            ...(id ? { after: cursorOf(BigInt(id)) } : {}),
          };
          return (await findShownPage(db, stores[store], filter, args, 'FR')).edges.length;
        };
      for (const state of ['unanalysed', 'analysed'] as const) {
        if (state === 'analysed') await client.query('ANALYZE');
        const check = async (name: string, read: () => Promise<number>, length: number, most: number) => {
          const what = `${name}, ${state}`;
          const reads = await readsOf(client, read);
          expect.soft(reads.result, what).toBe(length);
          expect.soft(reads.rowsRead, what).toBeLessThanOrEqual(most);
          expect.soft(reads.scannedTables, what).toEqual([]);
          expect.soft(reads.statementCount, what).toBeLessThanOrEqual(5);
          expect.soft(reads.inOrder, what).toBe(true);
        };
        for (const [name, one] of Object.entries(cases))
          await check(name, pageOf(one), one.length, one[state]);
        const [id, number] = [BigInt(rows[30_000]?.id ?? 0), rows[30_001]?.number ?? ''];
        await check(
          'a product by its id',
          async () => ((await findShownById(db, stores.big, id, 'FR')) ? 1 : 0),
          1,
          10,
        );
        await check(
          'a product by its number',
          async () => ((await findShownByNumber(db, stores.big, number, 'FR')) ? 1 : 0),
          ...([1, 20] as const),
        );
      }
    }),
);

test(
  'how many are featured is counted among the featured, however many a shop shows',
  { timeout: 60_000 },
  () =>
    withShops(async ({ db, client, stores: { big } }) => {
      await client.query('UPDATE products SET is_featured = id % 20 = 1');
      await client.query('ANALYZE');
      const count = await db.product.count({
        where: { storeId: big.id, isFeatured: true, publishedAt: { not: null } },
      });
      const { total } = await findShownPage(db, big, { featured: true }, { first: 1 }, null);
      expect(await total()).toEqual({ count, exact: true });
    }),
);
