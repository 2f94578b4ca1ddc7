import { Prisma } from '../../generated/prisma/client.ts';
import {
  countUpTo,
  resolvePage,
  type KeyColumn,
  type Page,
  type PageArgs,
  type Total,
} from '../../graphql/page.ts';
import type { Db } from '../../platform/database.ts';
import { searchOf } from '../marketplace-product/marketplace-product.search.ts';
import { forgivingSearchOf } from '../marketplace-product/marketplace-product.typos.ts';
import {
  shownProducts,
  storefrontConditions,
  type ListedStore,
  type StorefrontConditions,
} from './storefront.conditions.ts';
import type { StorefrontFilter } from './storefront.filter.ts';

/** A product's key, and what it is ordered by. */
export interface ListedProduct {
  readonly id: bigint;
  readonly displayOrder: number;
}

/** The store's own order, of equal ones the older first: that of the index `products_shown`. */
const orderKey: readonly KeyColumn[] = [
  { column: 'o.display_order', type: 'int' },
  { column: 'o.id', type: 'bigint' },
];
export const shownOrder = Prisma.raw('o.display_order, o.id');
const keyColumns = Prisma.raw('o.id, o.display_order');
/** And those that conditions look at. */
const ownColumns = Prisma.raw(
  'o.id, o.store_id, o.marketplace_product_id, o.display_order, o.price, o.sale_price, o.availability, o.condition',
);

/**
 * Products that are looked at one after the other before an index of the filter is asked, as in
 * marketplace-product.list.ts, and for the same reason: no planner knows how many a filter lets through.
 */
const walkLength = 1_000;
/** So few of a brand that their titles are compared one by one. */
const fewEnough = 5_000;

const always = Prisma.sql`true`;

interface Part {
  readonly after: Prisma.Sql;
  readonly orderBy: Prisma.Sql;
  readonly limit: number;
}

/**
 * A page of what a store shows to shoppers. When no product has the very words of the search, small typos are
 * forgiven. Throws GraphQL errors for pages and cursors that make no sense.
 */
export function listShown(
  db: Db,
  store: ListedStore,
  filter: StorefrontFilter,
  args: PageArgs,
): Promise<Page<ListedProduct>> {
  const attempts = attemptsOf(store, filter);
  const begun = (args.after ?? args.before ?? null) !== null;
  return resolvePage<ListedProduct>({
    args,
    key: orderKey,
    descending: false,
    keyOf: ({ id, displayOrder }) => [displayOrder, id],
    find: (part) => findFirst(db, attempts, part, begun),
    count: () => countFirst(db, store, attempts),
  });
}

/** What is looked for, one after the other, until something is found. */
function attemptsOf(store: ListedStore, filter: StorefrontFilter): StorefrontConditions[] {
  const exact = searchOf(filter.search);
  const forgiving = exact && forgivingSearchOf(filter.search);
  return [exact, ...(forgiving ? [forgiving] : [])].map((search) =>
    storefrontConditions(store, filter, search),
  );
}

/** What the first attempt finds that finds anything at all in the whole list. */
async function findFirst(
  db: Db,
  [conditions, ...others]: readonly StorefrontConditions[],
  part: Part,
  begun: boolean,
): Promise<readonly ListedProduct[]> {
  if (!conditions) return [];
  const found = await find(db, conditions, part);
  if (found.length > 0 || others.length === 0) return found;
  const any = begun ? await find(db, conditions, { ...part, after: always, limit: 1 }) : [];
  return any.length > 0 ? [] : findFirst(db, others, part, begun);
}

async function find(db: Db, conditions: StorefrontConditions, part: Part): Promise<readonly ListedProduct[]> {
  const { found, ended } = await walk(db, conditions, part);
  return ended || found.length === part.limit ? found : lookUp(db, conditions, part);
}

interface Row {
  readonly id: bigint;
  readonly display_order: number;
}

const listedOf = ({ id, display_order }: Row): ListedProduct => ({ id, displayOrder: display_order });

interface Walk {
  readonly found: readonly ListedProduct[];
  /** True when the list ended on the way: there are no more. */
  readonly ended: boolean;
}

/** What the filter lets through on the way, up to the limit; it is evaluated for no product behind that. */
async function walk(db: Db, conditions: StorefrontConditions, part: Part): Promise<Walk> {
  const { shown, ofValues, ofTexts } = conditions;
  const rows = await db.$queryRaw<(Row & { hit: boolean | null; step: bigint })[]>`
    SELECT ${keyColumns}, o.step, checked.hit FROM (
      SELECT ${ownColumns}, row_number() OVER (ORDER BY ${part.orderBy}) AS step FROM products o
      WHERE ${shown} AND ${part.after} ORDER BY ${part.orderBy} LIMIT ${walkLength}) o
    CROSS JOIN LATERAL (
      SELECT ${ofValues} AND ${ofTexts ?? always} AS hit FROM marketplace_products p
      WHERE p.id = o.marketplace_product_id AND p.store_id = o.store_id OFFSET 0) checked
    WHERE checked.hit OR o.step = ${walkLength} LIMIT ${part.limit}`;
  const found = rows.filter(({ hit }) => hit).map(listedOf);
  return { found, ended: rows.every(({ step }) => Number(step) < walkLength) && rows.length < part.limit };
}

async function lookUp(db: Db, conditions: StorefrontConditions, part: Part): Promise<ListedProduct[]> {
  const rows = await db.$queryRaw<Row[]>`
    ${allFound(conditions, part.after)}
    SELECT ${keyColumns} FROM found o ORDER BY ${part.orderBy} LIMIT ${part.limit}`;
  return rows.map(listedOf);
}

/**
 * All that the filter lets through, as `found`, by the filter's own index. A materialised part is evaluated once, and
 * only as far as somebody reads it; LIMIT keeps a look-up one by key, however little the planner knows.
 */
function allFound({ shown, ofValues, ofTexts, ids }: StorefrontConditions, after: Prisma.Sql): Prisma.Sql {
  const passing = (condition: Prisma.Sql) => Prisma.sql`
    CROSS JOIN LATERAL (
      SELECT FROM marketplace_products p
      WHERE p.id = o.marketplace_product_id AND p.store_id = o.store_id AND ${condition} LIMIT 1) p`;
  const candidates = candidatesOf(ids);
  if (!candidates)
    return Prisma.sql`
      WITH found AS MATERIALIZED (
        SELECT ${keyColumns} FROM products o ${passing(ofValues)} WHERE ${shown} AND ${after})`;
  return Prisma.sql`
    WITH ${candidates}, found AS MATERIALIZED (
      SELECT ${keyColumns} FROM ids
      CROSS JOIN LATERAL (
        SELECT ${ownColumns} FROM products o
        WHERE o.marketplace_product_id = ids.id AND ${shown} AND ${after} LIMIT 1) o
      ${passing(ofTexts ? Prisma.sql`${ofValues} AND (ids.searched OR ${ofTexts})` : ofValues)})`;
}

/** The part `ids`: those that come into question, and whether they are known to have what is searched. */
function candidatesOf({ texts, values }: StorefrontConditions['ids']): Prisma.Sql | null {
  if (texts && values)
    return Prisma.sql`
      by_values (id) AS MATERIALIZED (${values}), by_texts (id) AS MATERIALIZED (${texts}),
      size AS MATERIALIZED (SELECT count(*) <= ${fewEnough} AS few FROM (
        SELECT FROM by_values LIMIT ${fewEnough + 1}) AS counted),
      ids (id, searched) AS MATERIALIZED (
        SELECT id, false FROM by_values WHERE (SELECT few FROM size)
        UNION ALL
        SELECT id, true FROM by_texts WHERE NOT (SELECT few FROM size))`;
  const one = texts ?? values;
  return (
    one &&
    Prisma.sql`ids (id, searched) AS MATERIALIZED (SELECT c.id, ${texts !== null}::boolean FROM (${one}) AS c (id))`
  );
}

/** A share of the first products that is sure to be more than 10,000 of the whole is not counted out. */
const certainlyMany = 20_000;

/** How many the first attempt finds that finds anything. */
async function countFirst(
  db: Db,
  store: ListedStore,
  [conditions, ...others]: readonly StorefrontConditions[],
): Promise<Total> {
  if (!conditions) return { count: 0, exact: true };
  const total = await countShown(db, store, conditions);
  return total.count > 0 || others.length === 0 ? total : countFirst(db, store, others);
}

async function countShown(db: Db, store: ListedStore, conditions: StorefrontConditions): Promise<Total> {
  const { found, ended } = await walk(db, conditions, {
    after: always,
    orderBy: shownOrder,
    limit: walkLength,
  });
  if (ended) return { count: found.length, exact: true };
  // Words that are in very many titles: the index would bring all of them, of every store.
  const whole = found.length > 0 ? await countWhole(db, store) : { count: 0 };
  const estimate = Math.round((found.length / walkLength) * whole.count);
  if (estimate > certainlyMany) return { count: estimate, exact: false };
  return countUpTo(db, Prisma.sql`${allFound(conditions, always)} SELECT FROM found`);
}

const countWhole = (db: Db, { id }: ListedStore) =>
  countUpTo(db, Prisma.sql`SELECT FROM products o WHERE ${shownProducts(id)} ORDER BY ${shownOrder}`);
