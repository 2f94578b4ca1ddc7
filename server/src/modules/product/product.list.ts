import { Prisma, type Product, type Store } from '../../generated/prisma/client.ts';
import {
  countUpTo,
  resolvePage,
  type KeyColumn,
  type Page,
  type PageArgs,
  type Total,
} from '../../graphql/page.ts';
import type { Db } from '../../platform/database.ts';
import { catalogueConditions, type CatalogueConditions, type CatalogueFilter } from './product.filter.ts';

/** Orders that an index has, so that a page costs the same wherever it lies. */
export type ProductSort = 'DISPLAY_ORDER' | 'NEWEST';

interface Order {
  readonly key: readonly KeyColumn[];
  readonly descending: boolean;
  readonly keyOf: (product: Listed) => readonly (number | bigint)[];
}

/** A product's place in the orders. */
interface Listed {
  readonly id: bigint;
  readonly displayOrder: number;
}

const orders: Readonly<Record<ProductSort, Order>> = {
  DISPLAY_ORDER: {
    key: [
      { column: 'o.display_order', type: 'int' },
      { column: 'o.id', type: 'bigint' },
    ],
    descending: false,
    keyOf: ({ displayOrder, id }) => [displayOrder, id],
  },
  NEWEST: { key: [{ column: 'o.id', type: 'bigint' }], descending: true, keyOf: ({ id }) => [id] },
};

/** Products that are looked at one after the other before an index of the filter is asked. */
const walkLength = 1_000;
const keyColumns = Prisma.raw('o.id, o.display_order');
const always = Prisma.sql`true`;

interface Part {
  readonly after: Prisma.Sql;
  readonly orderBy: Prisma.Sql;
  readonly limit: number;
}

/** What of the products is read: Prisma's `select` or `include`. */
export type ProductParts = Pick<Prisma.ProductFindManyArgs, 'select' | 'include'>;

/**
 * A page of the store's catalogue with what is asked for of its products. With a filter a walk through the list fills
 * the page when many pass, or the store is small; else all that pass are looked up from what is rarest: the planner,
 * who would have to know how many of this very store pass, is never asked.
 */
export async function listCatalogue(
  db: Db,
  store: Store,
  { filter, sort }: { readonly filter: CatalogueFilter; readonly sort: ProductSort },
  args: PageArgs,
  parts: ProductParts,
): Promise<Page<Product>> {
  const conditions = catalogueConditions(store, filter);
  const page = await resolvePage<Listed>({
    ...{ args, ...orders[sort] },
    find: (part) => (conditions ? findFiltered(db, store.id, conditions, part) : findAll(db, store.id, part)),
    count: () => countListed(db, store.id, conditions),
  });
  return withRecords(db, store.id, page, parts);
}

/** The page of a list without entries; throws what `resolvePage` throws for a page that makes no sense. */
export const noPage = (args: PageArgs): Promise<Page<Product>> =>
  resolvePage<Product>({
    ...{ args, key: orders.NEWEST.key, descending: true, keyOf: ({ id }) => [id] },
    find: () => Promise.resolve([]),
    count: () => Promise.resolve({ count: 0, exact: true }),
  });

async function withRecords(db: Db, storeId: string, page: Page<Listed>, parts: ProductParts) {
  const ids = page.edges.map(({ node }) => node.id);
  if (ids.length === 0) return { ...page, edges: [] };
  const records = await db.product.findMany({ ...parts, where: { storeId, id: { in: ids } } });
  const byId = new Map(records.map((record) => [record.id, record]));
  // Without those that were deleted a moment ago.
  const edges = page.edges.flatMap(({ cursor, node }) => {
    const record = byId.get(node.id);
    return record ? [{ cursor, node: record }] : [];
  });
  return { ...page, edges };
}

interface Row {
  readonly id: bigint;
  readonly display_order: number;
}

const listedOf = ({ id, display_order }: Row): Listed => ({ id, displayOrder: display_order });

const ofStore = (storeId: string) => Prisma.sql`o.store_id = ${storeId}::uuid`;

async function findAll(db: Db, storeId: string, { after, orderBy, limit }: Part): Promise<Listed[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${keyColumns} FROM products o WHERE ${ofStore(storeId)} AND ${after}
    ORDER BY ${orderBy} LIMIT ${limit}`;
  return rows.map(listedOf);
}

async function findFiltered(db: Db, storeId: string, conditions: CatalogueConditions, part: Part) {
  const { found, ended } = await walk(db, storeId, conditions, part);
  if (ended || found.length === part.limit) return found;
  const rows = await db.$queryRaw<Row[]>`
    ${allFound(storeId, conditions, part.after)}
    SELECT ${keyColumns} FROM found o ORDER BY ${part.orderBy} LIMIT ${part.limit}`;
  return rows.map(listedOf);
}

/**
 * Whether everything holds of the feed's product of `o`: OFFSET 0 keeps it a look-up for each. IS NOT DISTINCT FROM is
 * what no index can serve, so that it is one by key: without statistics all of the store's look as good to the planner.
 */
const checkEach = (ofEach: Prisma.Sql) => Prisma.sql`CROSS JOIN LATERAL (
  SELECT ${ofEach} AS hit FROM marketplace_products p
  WHERE p.id = o.marketplace_product_id AND p.store_id IS NOT DISTINCT FROM o.store_id OFFSET 0) checked`;

/** What passes on the way, up to the limit, and whether the list ended there; nothing behind that is looked at. */
async function walk(
  db: Db,
  storeId: string,
  { ofEach }: CatalogueConditions,
  { after, orderBy, limit }: Part,
): Promise<{ readonly found: Listed[]; readonly ended: boolean }> {
  const rows = await db.$queryRaw<(Row & { hit: boolean | null; step: bigint })[]>`
    SELECT ${keyColumns}, o.step, checked.hit FROM (
      SELECT o.*, row_number() OVER (ORDER BY ${orderBy}) AS step FROM products o
      WHERE ${ofStore(storeId)} AND ${after} ORDER BY ${orderBy} LIMIT ${walkLength}) o
    ${checkEach(ofEach)}
    WHERE checked.hit OR o.step = ${walkLength} LIMIT ${limit}`;
  const found = rows.filter(({ hit }) => hit).map(listedOf);
  return { found, ended: rows.every(({ step }) => Number(step) < walkLength) && rows.length < limit };
}

/** All that pass, as `found`; evaluated once, and only as far as somebody reads it. */
function allFound(storeId: string, { ofEach, source }: CatalogueConditions, after: Prisma.Sql): Prisma.Sql {
  if (source.of === 'marketplaceIds') {
    return Prisma.sql`
      WITH ids (id) AS MATERIALIZED (${source.ids}), found AS MATERIALIZED (
        SELECT ${keyColumns} FROM ids CROSS JOIN LATERAL (
          SELECT o.* FROM products o
          WHERE ${ofStore(storeId)} AND o.marketplace_product_id = ids.id AND ${after} LIMIT 1) o
        ${checkEach(ofEach)} WHERE checked.hit)`;
  }
  if (source.of === 'products') {
    return Prisma.sql`
      WITH found AS MATERIALIZED (
        SELECT ${keyColumns} FROM (
          SELECT o.* FROM products o WHERE ${ofStore(storeId)} AND ${source.condition} AND ${after} OFFSET 0) o
        ${checkEach(ofEach)} WHERE checked.hit)`;
  }
  return Prisma.sql`
    WITH found AS MATERIALIZED (
      SELECT ${keyColumns} FROM products o
      JOIN marketplace_products p ON p.store_id = o.store_id AND p.id = o.marketplace_product_id
      WHERE ${ofStore(storeId)} AND ${after} AND ${ofEach})`;
}

/** A share of the first products that is sure to be more than 10,000 of the whole is not counted out. */
const certainlyMany = 20_000;

async function countListed(db: Db, storeId: string, conditions: CatalogueConditions | null): Promise<Total> {
  const all = Prisma.sql`SELECT FROM products o WHERE ${ofStore(storeId)} ORDER BY o.display_order, o.id`;
  if (!conditions) return countUpTo(db, all);
  const orderBy = Prisma.raw('o.display_order, o.id');
  const { found, ended } = await walk(db, storeId, conditions, { after: always, orderBy, limit: walkLength });
  if (ended) return { count: found.length, exact: true };
  const whole = found.length > 0 ? await countUpTo(db, all) : { count: 0 };
  const estimate = Math.round((found.length / walkLength) * whole.count);
  if (estimate > certainlyMany) return { count: estimate, exact: false };
  return countUpTo(db, Prisma.sql`${allFound(storeId, conditions, always)} SELECT FROM found`);
}

/** Marketplace products of those of the catalogue that a filter lets through: any of them, at most so many. */
export async function findCatalogueIds(
  db: Db,
  store: Store,
  filter: CatalogueFilter,
  limit: number,
): Promise<bigint[]> {
  const conditions = catalogueConditions(store, filter);
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    ${
      conditions
        ? allFound(store.id, conditions, always)
        : Prisma.sql`
      WITH found AS (SELECT o.id FROM products o WHERE ${ofStore(store.id)})`
    }
    SELECT o.marketplace_product_id AS id FROM (SELECT id FROM found LIMIT ${limit}) f
    JOIN products o ON ${ofStore(store.id)} AND o.id = f.id`;
  return rows.map(({ id }) => id);
}
