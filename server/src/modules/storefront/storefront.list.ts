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
import { searchOf } from '../marketplace-product/marketplace-product.search.ts';
import { forgivingSearchOf } from '../marketplace-product/marketplace-product.typos.ts';
import {
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
    find: async (part) => (await findFirst(db, attempts, part, begun)).map(listedOf),
    count: () => countFirst(db, attempts),
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
  part: PagePart,
  begun: boolean,
): Promise<readonly Row[]> {
  if (!conditions) return [];
  const found = await find(db, conditions, part);
  if (found.length > 0 || others.length === 0) return found;
  const any = begun ? await find(db, conditions, { ...part, after: always, limit: 1 }) : [];
  return any.length > 0 ? [] : findFirst(db, others, part, begun);
}

const find = (db: Db, conditions: StorefrontConditions, part: PagePart) =>
  findFiltered<Row>(
    {
      walk: walkOf(db, conditions),
      lookUp: ({ after, orderBy, limit }) => db.$queryRaw<Row[]>`
        ${allFound(conditions, after)}
        SELECT ${keyColumns} FROM found o ORDER BY ${orderBy} LIMIT ${limit}`,
    },
    part,
  );

interface Row {
  readonly id: bigint;
  readonly display_order: number;
}

const listedOf = ({ id, display_order }: Row): ListedProduct => ({ id, displayOrder: display_order });

/** The filter is evaluated for no product behind the limit. */
const walkOf =
  (db: Db, { shown, ofValues, ofTexts }: StorefrontConditions) =>
  ({ after, orderBy, limit }: PagePart) =>
    db.$queryRaw<(Row & WalkStep)[]>`
      SELECT ${keyColumns}, o.step, checked.hit FROM (
        SELECT ${ownColumns}, row_number() OVER (ORDER BY ${orderBy}) AS step FROM products o
        WHERE ${shown} AND ${after} ORDER BY ${orderBy} LIMIT ${walkLength}) o
      CROSS JOIN LATERAL (
        SELECT ${ofValues} AND ${ofTexts ?? always} AS hit FROM marketplace_products p
        WHERE p.id = o.marketplace_product_id AND p.store_id = o.store_id OFFSET 0) checked
      WHERE checked.hit OR o.step = ${walkLength} ORDER BY ${orderBy} LIMIT ${limit}`;

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

/** How many the first attempt finds that finds anything. */
async function countFirst(db: Db, [conditions, ...others]: readonly StorefrontConditions[]): Promise<Total> {
  if (!conditions) return { count: 0, exact: true };
  const total = await countShown(db, conditions);
  return total.count > 0 || others.length === 0 ? total : countFirst(db, others);
}

// Of words that are in very many titles the index would bring all, of every store: those are estimated.
const countShown = (db: Db, conditions: StorefrontConditions): Promise<Total> => {
  const from = Prisma.sql`FROM products o WHERE ${conditions.shown}`;
  return countFiltered({
    ...{ walk: walkOf(db, conditions), key: orderKey, from },
    // What the walk goes through, of which it has found a share.
    countWhole: () => countUpTo(db, Prisma.sql`SELECT ${from} ORDER BY ${shownOrder}`),
    countFound: () => countUpTo(db, Prisma.sql`${allFound(conditions, always)} SELECT FROM found`),
    stopsEarly: false,
  });
};
