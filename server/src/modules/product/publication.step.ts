import { Prisma, type PublicationAction, type Store } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import { filterColumns } from '../marketplace-product/marketplace-product.list.ts';
import { effectiveSql } from './product.effective.ts';
import { candidatesOf, isOneOf, selectionSql, type Selection } from './publication.selection.ts';

/** A place in the order of a store's marketplace products; null before the first. */
export interface PlaceInStore {
  readonly marketplace: string;
  readonly marketplaceProductId: string;
}

export interface Step {
  readonly store: Store;
  readonly action: PublicationAction;
  readonly selection: Selection;
  readonly after: PlaceInStore | null;
  /** So many of the store's products are looked at, whether they were chosen or not: so no step takes long. */
  readonly size: number;
}

export interface StepResult {
  readonly publishedCount: number;
  readonly unpublishedCount: number;
  /** What was so already. */
  readonly unchangedCount: number;
  /** What has no price. */
  readonly refusedCount: number;
  /** The first of them, at most `mostRefused`: ids of marketplace products. */
  readonly refused: readonly string[];
  /** The last that was looked at; null when the store has no more. */
  readonly reached: PlaceInStore | null;
}

/** So many refused products are named; all of them are counted. */
export const mostRefused = 100;

interface Row {
  readonly looked: bigint;
  readonly marketplace: string | null;
  readonly marketplace_product_id: string | null;
  readonly chosen: bigint;
  readonly refused: bigint;
  readonly refused_ids: string[];
  readonly written: bigint;
}

/**
 * Looks at the next products of the store and publishes or unpublishes those that are chosen, all in one statement.
 * What is so already is not written, so that a step taken twice changes nothing. Rows are written in the order of
 * their ids, by whoever has locked the catalogue.
 */
export async function takeStep(db: Db, step: Step): Promise<StepResult> {
  const { store, action, selection } = step;
  const { price, feed } = effectiveSql(store);
  const [row] = await db.$queryRaw<Row[]>`
    WITH looked AS MATERIALIZED (${lookedAt(step)}),
    chosen AS MATERIALIZED (
      SELECT p.id, o.id AS own_id, o.published_at IS NOT NULL AS published, o.withdrawn_at IS NOT NULL AS withdrawn,
        ${feed.price} IS NOT NULL AS feed_priced, ${price} IS NOT NULL AS priced
      FROM looked p
      LEFT JOIN LATERAL (
        SELECT o.id, o.published_at, o.withdrawn_at, o.price FROM products o
        WHERE o.store_id = ${store.id}::uuid AND o.marketplace_product_id = p.id OFFSET 0
      ) o ON true
      WHERE ${selectionSql(store, selection)}
    ),
    refused AS MATERIALIZED (
      SELECT id FROM chosen WHERE ${action === 'PUBLISH'}::boolean AND NOT published AND NOT priced),
    written AS (${action === 'PUBLISH' ? publish(store.id) : unpublish(store.id)} RETURNING 1)
    SELECT counted.looked, last_one.marketplace, last_one.marketplace_product_id,
      (SELECT count(*) FROM chosen) AS chosen,
      (SELECT count(*) FROM refused) AS refused,
      ARRAY(SELECT id::text FROM refused ORDER BY id LIMIT ${mostRefused}) AS refused_ids,
      (SELECT count(*) FROM written) AS written
    FROM (SELECT count(*) AS looked FROM looked) counted
    LEFT JOIN (
      SELECT marketplace, marketplace_product_id FROM looked
      ORDER BY marketplace DESC, marketplace_product_id DESC LIMIT 1) last_one ON true`;
  if (!row) throw new Error('A statement with a single row gave none.');
  return resultOf(row, step);
}

function resultOf(row: Row, { action, selection, size }: Step): StepResult {
  const [written, refusedCount] = [Number(row.written), Number(row.refused)];
  const { marketplace, marketplace_product_id: marketplaceProductId } = row;
  // They are looked at together.
  const isWhole = candidatesOf(selection) !== null;
  const ended = isWhole || Number(row.looked) < size || marketplace === null || marketplaceProductId === null;
  return {
    publishedCount: action === 'PUBLISH' ? written : 0,
    unpublishedCount: action === 'UNPUBLISH' ? written : 0,
    unchangedCount: Number(row.chosen) - refusedCount - written,
    refusedCount,
    refused: row.refused_ids,
    reached: ended ? null : { marketplace, marketplaceProductId },
  };
}

function lookedAt({ store, selection, after, size }: Step): Prisma.Sql {
  const columns = Prisma.sql`${filterColumns}, p.price, p.currency, p.created_at, p.last_import_job_id, p.missing_since`;
  const ofStore = Prisma.sql`SELECT ${columns} FROM marketplace_products p WHERE p.store_id = ${store.id}::uuid`;
  const candidates = candidatesOf(selection);
  // Few, each found by its key.
  if (candidates) return Prisma.sql`${ofStore} AND ${isOneOf(candidates)}`;
  const beyond = after
    ? Prisma.sql`(p.marketplace, p.marketplace_product_id) > (${after.marketplace}, ${after.marketplaceProductId})`
    : Prisma.sql`true`;
  return Prisma.sql`${ofStore} AND ${beyond} ORDER BY p.marketplace, p.marketplace_product_id LIMIT ${size}`;
}

/** What was published meanwhile by somebody else stays as that one has left it; so does what has lost its own price. */
const publish = (storeId: string) => Prisma.sql`
  INSERT INTO products (store_id, marketplace_product_id, published_at)
  SELECT ${storeId}::uuid, id, now() FROM chosen WHERE NOT published AND priced ORDER BY id
  ON CONFLICT (store_id, marketplace_product_id) DO UPDATE
  SET published_at = excluded.published_at, withdrawn_at = NULL, unpublished_at = NULL, updated_at = clock_timestamp()
  WHERE products.published_at IS NULL AND (products.price IS NOT NULL
    OR products.marketplace_product_id IN (SELECT id FROM chosen WHERE feed_priced))`;

/**
 * What was withdrawn does not come back by itself any more. Found by their keys: joined to what was chosen, all of the
 * store's would be read for each step.
 */
const unpublish = (storeId: string) => Prisma.sql`
  UPDATE products o SET published_at = NULL, withdrawn_at = NULL, unpublished_at = now(), updated_at = clock_timestamp()
  WHERE o.store_id = ${storeId}::uuid AND (o.published_at IS NOT NULL OR o.withdrawn_at IS NOT NULL)
    AND o.id = ANY(ARRAY(SELECT own_id FROM chosen WHERE published OR withdrawn))`;
