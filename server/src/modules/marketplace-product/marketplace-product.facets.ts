import { Prisma } from '../../generated/prisma/client.ts';
import { exactUpTo } from '../../graphql/page.ts';
import type { Db } from '../../platform/database.ts';
import { searchOf } from './marketplace-product.search.ts';

/** Brands that are looked at for one list: more than a list for choosing from can show. */
const mostBrands = 5_000;
/** For a search, of all stores of a list together: what is looked for may be the very last. Half a second. */
const mostSearched = 20_000;

/**
 * The brands of each store's products in the order of their code points, at most `limit`, of which all words of
 * `search` are a part. Costs an index look-up for each brand until there are enough, however many products bear it.
 */
export async function listBrands(
  db: Db,
  storeIds: readonly string[],
  search: string | null | undefined,
  limit: number,
): Promise<Map<string, readonly string[]>> {
  const patterns = searchOf(search)?.titlePatterns ?? [];
  const matches = patterns.map((pattern) => Prisma.sql`known.brand ~* ${pattern}`);
  const most = matches.length > 0 ? Math.ceil(mostSearched / storeIds.length) : mostBrands;
  const rows = await db.$queryRaw<{ store_id: string; brands: string[] }[]>`
    SELECT store.id AS store_id, ARRAY(
      WITH RECURSIVE known (brand, step) AS (
        (SELECT p.brand, 1 FROM marketplace_products p
         WHERE p.store_id = store.id AND p.brand IS NOT NULL ORDER BY p.brand LIMIT 1)
        UNION ALL
        SELECT (SELECT p.brand FROM marketplace_products p
                WHERE p.store_id = store.id AND p.brand > known.brand ORDER BY p.brand LIMIT 1), known.step + 1
        FROM known WHERE known.brand IS NOT NULL AND known.step < ${most})
      SELECT known.brand FROM known
      WHERE known.brand IS NOT NULL AND ${matches.length > 0 ? Prisma.join(matches, ' AND ') : Prisma.sql`true`}
      LIMIT ${limit}) AS brands
    FROM unnest(${[...storeIds]}::uuid[]) AS store (id)`;
  return new Map(rows.map(({ store_id, brands }) => [store_id, brands]));
}

/**
 * How many products each store has: exact up to 10,000, beyond that what the database's statistics say, or 10,001
 * when they say nothing of the store.
 */
export async function countProductsOf(db: Db, storeIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ store_id: string; count: bigint; estimate: number | null }[]>`
    SELECT store.id AS store_id, counted.count, known.estimate FROM unnest(${[...storeIds]}::uuid[]) AS store (id)
    CROSS JOIN LATERAL (
      SELECT count(*) FROM (
        SELECT FROM marketplace_products p WHERE p.store_id = store.id
        ORDER BY p.marketplace, p.marketplace_product_id LIMIT ${exactUpTo + 1}) AS first_ones) AS counted
    LEFT JOIN (
      SELECT common.id, common.share * c.reltuples AS estimate
      FROM pg_stats s
      JOIN pg_class c ON c.oid = format('%I.%I', s.schemaname, s.tablename)::regclass
      CROSS JOIN LATERAL unnest(s.most_common_vals::text::uuid[], s.most_common_freqs) AS common (id, share)
      WHERE s.schemaname = current_schema() AND s.tablename = 'marketplace_products' AND s.attname = 'store_id'
    ) AS known ON known.id = store.id AND counted.count > ${exactUpTo}`;
  return new Map(
    rows.map(({ store_id, count, estimate }) => [
      store_id,
      Math.max(Number(count), Math.round(Number(estimate ?? 0))),
    ]),
  );
}
