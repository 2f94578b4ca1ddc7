import { Prisma, type Product, type Store } from '../../generated/prisma/client.ts';
import {
  always,
  countFiltered,
  findFiltered,
  walkLength,
  type WalkStep,
} from '../../graphql/filtered-list.ts';
import {
  countUpTo,
  resolvePage,
  type KeyColumn,
  type Page,
  type PageArgs,
  type PagePart,
  type Total,
  withRecords,
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

const keyColumns = Prisma.raw('o.id, o.display_order');

/** What of the products is read: Prisma's `select` or `include`. */
export type ProductParts = Pick<Prisma.ProductFindManyArgs, 'select' | 'include'>;

/** A page of the store's catalogue with what is asked for of its products. */
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
    find: async (part) =>
      (await (conditions ? find(db, store.id, conditions, part) : findAll(db, store.id, part))).map(listedOf),
    count: () => countListed(db, store.id, conditions),
  });
  return withRecords(page, (ids) =>
    db.product.findMany({ ...parts, where: { storeId: store.id, id: { in: ids } } }),
  );
}

/** The page of a list without entries; throws what `resolvePage` throws for a page that makes no sense. */
export const noPage = (args: PageArgs): Promise<Page<Product>> =>
  resolvePage<Product>({
    ...{ args, key: orders.NEWEST.key, descending: true, keyOf: ({ id }) => [id] },
    find: () => Promise.resolve([]),
    count: () => Promise.resolve({ count: 0, exact: true }),
  });

interface Row {
  readonly id: bigint;
  readonly display_order: number;
}

const listedOf = ({ id, display_order }: Row): Listed => ({ id, displayOrder: display_order });

const ofStore = (storeId: string) => Prisma.sql`o.store_id = ${storeId}::uuid`;

const findAll = (db: Db, storeId: string, { after, orderBy, limit }: PagePart) =>
  db.$queryRaw<Row[]>`
    SELECT ${keyColumns} FROM products o WHERE ${ofStore(storeId)} AND ${after}
    ORDER BY ${orderBy} LIMIT ${limit}`;

const find = (db: Db, storeId: string, conditions: CatalogueConditions, part: PagePart) =>
  findFiltered<Row>(
    {
      walk: walkOf(db, storeId, conditions),
      lookUp: ({ after, orderBy, limit }) => db.$queryRaw<Row[]>`
        ${allFound(storeId, conditions, after)}
        SELECT ${keyColumns} FROM found o ORDER BY ${orderBy} LIMIT ${limit}`,
    },
    part,
  );

/**
 * Whether everything holds of the feed's product of `o`: OFFSET 0 keeps it a look-up for each. IS NOT DISTINCT FROM is
 * what no index can serve, so that it is one by key: without statistics all of the store's look as good to the planner.
 */
const checkEach = (ofEach: Prisma.Sql) => Prisma.sql`CROSS JOIN LATERAL (
  SELECT ${ofEach} AS hit FROM marketplace_products p
  WHERE p.id = o.marketplace_product_id AND p.store_id IS NOT DISTINCT FROM o.store_id OFFSET 0) checked`;

/** The conditions are evaluated for no product behind the limit. */
const walkOf =
  (db: Db, storeId: string, { ofEach }: CatalogueConditions) =>
  ({ after, orderBy, limit }: PagePart) =>
    db.$queryRaw<(Row & WalkStep)[]>`
      SELECT ${keyColumns}, o.step, checked.hit FROM (
        SELECT o.*, row_number() OVER (ORDER BY ${orderBy}) AS step FROM products o
        WHERE ${ofStore(storeId)} AND ${after} ORDER BY ${orderBy} LIMIT ${walkLength}) o
      ${checkEach(ofEach)}
      WHERE checked.hit OR o.step = ${walkLength} ORDER BY ${orderBy} LIMIT ${limit}`;

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

async function countListed(db: Db, storeId: string, conditions: CatalogueConditions | null): Promise<Total> {
  const from = Prisma.sql`FROM products o WHERE ${ofStore(storeId)}`;
  const countWhole = () => countUpTo(db, Prisma.sql`SELECT ${from} ORDER BY o.display_order, o.id`);
  if (!conditions) return countWhole();
  const { source } = conditions;
  return countFiltered({
    ...{ walk: walkOf(db, storeId, conditions), key: orders.DISPLAY_ORDER.key, from, countWhole },
    countFound: () => countUpTo(db, Prisma.sql`${allFound(storeId, conditions, always)} SELECT FROM found`),
    stopsEarly: source.of === 'products' || (source.of === 'marketplaceIds' && source.inTurn),
  });
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
