// @module-tag product
// @module-tag db
import { expect, test } from 'vitest';
import type { TestDatabase } from '../../../test/database.ts';
import { withManyProducts, type ManyProductsDatabase } from '../../../test/many-products-database.ts';
import { explain, readsOf, recordStatements } from '../../../test/statements.ts';
import type { Store } from '../../generated/prisma/client.ts';
import type { CatalogueFilter } from './product.filter.ts';
import { listCatalogue } from './product.list.ts';

/** Of 1,000 products one differs in all that can be filtered by; in the small store the same. */
const fill = `
  INSERT INTO products (store_id, marketplace_product_id, published_at, price, price_feed_value, availability, is_featured)
  SELECT store_id, id, CASE WHEN NOT odd THEN now() END, CASE WHEN odd THEN 4 END, CASE WHEN odd THEN 1 END,
    CASE WHEN odd THEN 'preorder' END, odd
  FROM (SELECT store_id, id, right(marketplace_product_id, 3) = '999' AS odd FROM marketplace_products) p`;

/** Stores of these sizes, whose products are in their catalogues. */
const withCatalogues = <Code extends string>(
  sizes: Readonly<Record<Code, number>>,
  use: (many: ManyProductsDatabase<Code>) => Promise<void>,
) =>
  withManyProducts(sizes, async (many) => {
    await many.client.query(`UPDATE marketplace_products SET missing_since = now()
      WHERE right(marketplace_product_id, 3) = '999'`);
    await many.client.query(fill);
    await use(many);
  });

/** Products that the walk looks at, and the feed's of each. */
const walk = 2_000;
/** And its one to three titles. */
const walkWithTitles = 5_000;

const cases: readonly (readonly [
  filter: CatalogueFilter,
  length: Readonly<Record<string, number>>,
  rows: number,
])[] = [
  [{}, { big: 20, small: 20 }, 41],
  [{ published: true }, { big: 20, small: 20 }, walk],
  [{ published: false }, { big: 20, small: 2 }, walk + 100],
  [{ drifted: true }, { big: 20, small: 2 }, walk + 100],
  [{ overridden: true }, { big: 20, small: 2 }, walk + 100],
  [{ missing: true }, { big: 20, small: 2 }, walk + 100],
  [{ featured: true }, { big: 20, small: 2 }, walk + 100],
  [{ availability: ['preorder'] }, { big: 20, small: 2 }, walk + 200],
  [{ availability: ['backorder'] }, { big: 20, small: 3 }, walk + 200],
  [{ brand: ['Kirchberg'] }, { big: 9, small: 1 }, walk + 100],
  [{ search: 'zircon' }, { big: 4, small: 0 }, walkWithTitles],
  [{ search: 'nowhere' }, { big: 0, small: 0 }, walkWithTitles],
];

const shops: [what: string, sizes: Readonly<Record<string, number>>, sorted: number][] = [
  ['two stores', { big: 20_000, small: 2_500 }, 0],
  // So few that the whole store looks as good as one by key, before there are statistics: it is read whole, thrice at
  // most, and never once for each of its products.
  ['a single store', { small: 2_500 }, 7_500],
];

test.each(shops)('a page of one of %s costs what it shows', { timeout: 120_000 }, (_what, sizes, sorted) =>
  withCatalogues(sizes, async ({ db, client, stores }) => {
    for (const state of ['unanalysed', 'analysed']) {
      if (state === 'analysed') await client.query('ANALYZE');
      for (const [name, store] of Object.entries(stores)) {
        for (const [filter, length, most] of cases) {
          for (const sort of ['DISPLAY_ORDER', 'NEWEST'] as const) {
            const list = { filter, sort };
            const reads = await readsOf(client, () =>
              listCatalogue(db, store, list, { first: 20 }, { select: { id: true } }),
            );
            const what = `${JSON.stringify(filter)} of the ${name} store by ${sort}, ${state}`;
            expect.soft(reads.result.edges.length, what).toBe(length[name]);
            expect.soft(reads.rowsRead, what).toBeLessThanOrEqual(most + sorted);
            expect.soft(reads.statementCount, what).toBeLessThanOrEqual(3);
            expect.soft(reads.inOrder, what).toBe(true);
          }
        }
      }
    }
  }),
);

const totalOf = async (db: TestDatabase['db'], store: Store, filter: CatalogueFilter) => {
  const list = { filter, sort: 'DISPLAY_ORDER' } as const;
  const page = await listCatalogue(db, store, list, { first: 1 }, { select: { id: true } });
  return page.total();
};

test('what only the first products of a store have is not taken for what all have', { timeout: 60_000 }, () =>
  withCatalogues({ big: 25_000 }, async ({ db, client, stores: { big } }) => {
    await client.query(
      `UPDATE marketplace_products SET brand = 'First' WHERE right(marketplace_product_id, 7)::int <= 1500`,
    );
    await client.query('ANALYZE');
    expect(await totalOf(db, big, { brand: ['First'] })).toEqual({ count: 1_500, exact: true });
    const { result, statements } = await recordStatements(() => totalOf(db, big, { published: true }));
    expect(result.exact).toBe(false);
    expect(Math.abs(result.count - 24_975)).toBeLessThan(2_000);
    for (const statement of statements.filter(({ text }) => !text.startsWith('EXPLAIN')))
      expect.soft((await explain(client, statement)).mostLookUps).toBeLessThanOrEqual(10_001);
  }),
);

test(
  'what gathers at both ends of a catalogue is not taken for what is between them',
  { timeout: 60_000 },
  () =>
    withCatalogues({ big: 25_000 }, async ({ db, client, stores: { big } }) => {
      await client.query(`
      UPDATE products o SET is_featured = end_of_list, availability = CASE WHEN end_of_list THEN 'preorder' END
      FROM (SELECT id, row_number() OVER (ORDER BY id) NOT BETWEEN 1001 AND 24000 AS end_of_list FROM products) p
      WHERE p.id = o.id`);
      await client.query('ANALYZE');
      // Counted by an index that gives one after the other, and by one that does not.
      expect(await totalOf(db, big, { featured: true })).toEqual({ count: 2_000, exact: true });
      expect(await totalOf(db, big, { availability: ['preorder'] })).toEqual({ count: 2_000, exact: true });
    }),
);
