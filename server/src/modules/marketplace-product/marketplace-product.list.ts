import { Prisma } from '../../generated/prisma/client.ts';
import {
  always,
  countFiltered,
  fewEnough,
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
} from '../../graphql/page.ts';
import type { Db } from '../../platform/database.ts';
import { conditionsOf, type ProductConditions, type ProductFilter } from './marketplace-product.filter.ts';

/** A product's keys: ours, and the one by which lists are ordered. */
export interface ProductKey {
  readonly id: bigint;
  readonly marketplace: string;
  readonly marketplaceProductId: string;
}

/** The order of lists: by marketplace and number, which is the order of the unique index of a store's products. */
const orderKey: readonly KeyColumn[] = [
  { column: 'p.marketplace', type: 'text' },
  { column: 'p.marketplace_product_id', type: 'text' },
];
const keyColumns = Prisma.raw('p.id, p.marketplace, p.marketplace_product_id');
/** And those that conditions look at. */
export const filterColumns = Prisma.raw(
  'p.id, p.store_id, p.marketplace, p.marketplace_product_id, p.brand, p.availability, p.gtin',
);

/** A page of the store's products, by marketplace and number. */
export function listProducts(
  db: Db,
  storeId: string,
  filter: ProductFilter,
  args: PageArgs,
): Promise<Page<ProductKey>> {
  const conditions = conditionsOf(storeId, filter);
  return resolvePage<ProductKey>({
    args,
    key: orderKey,
    descending: false,
    keyOf: ({ marketplace, marketplaceProductId }) => [marketplace, marketplaceProductId],
    find: async (part) =>
      (await (conditions ? find(db, storeId, conditions, part) : findAll(db, storeId, part))).map(keyOfRow),
    count: () => countProducts(db, storeId, conditions),
  });
}

interface KeyRow {
  readonly id: bigint;
  readonly marketplace: string;
  readonly marketplace_product_id: string;
}

const keyOfRow = ({ id, marketplace, marketplace_product_id }: KeyRow): ProductKey => ({
  id,
  marketplace,
  marketplaceProductId: marketplace_product_id,
});

const findAll = (db: Db, storeId: string, { after, orderBy, limit }: PagePart) =>
  db.$queryRaw<KeyRow[]>`
    SELECT ${keyColumns} FROM marketplace_products p
    WHERE p.store_id = ${storeId}::uuid AND ${after} ORDER BY ${orderBy} LIMIT ${limit}`;

const find = (db: Db, storeId: string, conditions: ProductConditions, part: PagePart) =>
  findFiltered<KeyRow>(
    {
      walk: walkOf(db, storeId, conditions),
      lookUp: ({ after, orderBy, limit }) => db.$queryRaw<KeyRow[]>`
        ${allFound(storeId, conditions, after)}
        SELECT ${keyColumns} FROM found p ORDER BY ${orderBy} LIMIT ${limit}`,
    },
    part,
  );

/** The filter is evaluated for no product behind the limit. */
const walkOf =
  (db: Db, storeId: string, { ofEach }: ProductConditions) =>
  ({ after, orderBy, limit }: PagePart) =>
    db.$queryRaw<(KeyRow & WalkStep)[]>`
      SELECT ${keyColumns}, p.step, checked.hit FROM (
        SELECT ${filterColumns}, row_number() OVER (ORDER BY ${orderBy}) AS step FROM marketplace_products p
        WHERE p.store_id = ${storeId}::uuid AND ${after} ORDER BY ${orderBy} LIMIT ${walkLength}) p
      CROSS JOIN LATERAL (SELECT ${ofEach} AS hit OFFSET 0) checked
      WHERE checked.hit OR p.step = ${walkLength} ORDER BY ${orderBy} LIMIT ${limit}`;

/**
 * All that the filter lets through, without a limit that could mislead the planner. Beside other conditions the
 * titles of what these leave are compared, or, when that is too much, the index of titles is asked first. A
 * materialised part is evaluated once, and only as far as somebody reads it.
 */
function allFound(storeId: string, conditions: ProductConditions, after: Prisma.Sql): Prisma.Sql {
  const { ids, ofColumns, ofAll, ofEach } = conditions;
  const store = Prisma.sql`p.store_id = ${storeId}::uuid`;
  const left = Prisma.sql`
    SELECT ${filterColumns} FROM marketplace_products p WHERE ${store} AND ${after} AND ${ofAll ?? always}`;
  if (!ids) return Prisma.sql`WITH found AS MATERIALIZED (${left})`;
  // LIMIT keeps it a look-up by key for each, however little the planner knows.
  const ofIds = Prisma.sql`
    SELECT ${keyColumns} FROM ids CROSS JOIN LATERAL (
      SELECT ${keyColumns} FROM marketplace_products p
      WHERE p.id = ids.id AND ${store} AND ${after} AND ${ofColumns ?? always} LIMIT 1) p`;
  if (!ofColumns) return Prisma.sql`WITH ids (id) AS MATERIALIZED (${ids}), found AS MATERIALIZED (${ofIds})`;
  return Prisma.sql`
    WITH ids (id) AS MATERIALIZED (${ids}), left_over AS MATERIALIZED (${left}),
    size AS MATERIALIZED (SELECT count(*) <= ${fewEnough} AS few FROM (
      SELECT FROM left_over LIMIT ${fewEnough + 1}) AS counted),
    found AS MATERIALIZED (
      SELECT ${keyColumns} FROM left_over p WHERE (SELECT few FROM size) AND ${ofEach}
      UNION ALL
      ${ofIds} WHERE NOT (SELECT few FROM size))`;
}

async function countProducts(db: Db, storeId: string, conditions: ProductConditions | null): Promise<Total> {
  const countWhole = () => countStore(db, storeId);
  if (!conditions) return countWhole();
  const countFound = () =>
    countUpTo(db, Prisma.sql`${allFound(storeId, conditions, always)} SELECT FROM found`);
  if (!conditions.searching) return countFound();
  // Words that are in very many titles: the index would bring all of them, of every store.
  return countFiltered({
    ...{
      walk: walkOf(db, storeId, conditions),
      key: orderKey,
      from: ofStore(storeId),
      countWhole,
      countFound,
    },
    stopsEarly: false,
  });
}

const ofStore = (storeId: string) =>
  Prisma.sql`FROM marketplace_products p WHERE p.store_id = ${storeId}::uuid`;

const countStore = (db: Db, storeId: string) =>
  countUpTo(db, Prisma.sql`SELECT ${ofStore(storeId)} ORDER BY p.marketplace, p.marketplace_product_id`);

/** The ids of all products that a filter lets through, in no order; of more than `limit` that many. */
export async function findProductIds(
  db: Db,
  storeId: string,
  filter: ProductFilter,
  limit: number,
): Promise<bigint[]> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`${allIds(storeId, filter)} LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** How many products a filter lets through, exactly: of a large store that takes a second. */
export async function countProductIds(db: Db, storeId: string, filter: ProductFilter): Promise<number> {
  const [counted] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (${allIds(storeId, filter)}) AS all_of_them`;
  return Number(counted?.count ?? 0);
}

function allIds(storeId: string, filter: ProductFilter): Prisma.Sql {
  const conditions = conditionsOf(storeId, filter);
  return conditions
    ? Prisma.sql`${allFound(storeId, conditions, always)} SELECT p.id FROM found p`
    : Prisma.sql`SELECT p.id FROM marketplace_products p WHERE p.store_id = ${storeId}::uuid`;
}
