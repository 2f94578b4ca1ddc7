import type { Product, Store } from '../../generated/prisma/client.ts';
import type { Database, Db } from '../../platform/database.ts';
import { driftOf, effectiveSql, feedValues, type OverrideField } from './product.effective.ts';
import { NoPriceError, ProductNotFoundError } from './product.errors.ts';
import { lockCatalogue } from './product.lock.ts';
import { lockProducts, saveOwn } from './product.record.ts';

/**
 * Settles an override of which the feed has moved: kept, with what the feed says now, or dropped. Changes nothing
 * when there is no such override. Throws NoPriceError when a published product would be left without a price.
 */
export async function resolveDrift(
  db: Database['db'],
  store: Store,
  { id }: Product,
  { field, keep }: { readonly field: OverrideField; readonly keep: boolean },
): Promise<void> {
  const settle = async (transaction: Db) => {
    const [product] = await lockProducts(transaction, store.id, { ids: [id], marketplaceIds: [] });
    if (!product) throw new ProductNotFoundError();
    const { own, feed, published } = product;
    if (!driftOf(own, feed, store).some((drift) => drift.field === field)) return;
    const said = feedValues(feed, store)[field];
    if (!keep && field === 'price' && published && said === null) throw new NoPriceError(['field']);
    const settled = keep ? { [`${field}FeedValue`]: said } : { [field]: null, [`${field}FeedValue`]: null };
    await saveOwn(transaction, store.id, [{ id, own: { ...own, ...settled } }]);
  };
  await db.$transaction(settle, { timeout: longestMs });
}

export interface ResolvedDrifts {
  /** Products of which an override was settled. */
  readonly resolvedCount: number;
  /** Published products whose own price stays, because the feed has none. */
  readonly leftCount: number;
}

/** Settles all overrides of the store of which the feed has moved, in one statement. Twice changes nothing more. */
export async function resolveDrifts(
  db: Database['db'],
  { id: storeId }: Store,
  keep: boolean,
): Promise<ResolvedDrifts> {
  return db.$transaction(
    async (transaction) => {
      const store = await lockCatalogue(transaction, storeId);
      const { drift, drifted, overridden, feed } = effectiveSql(store);
      const [counts] = await transaction.$queryRaw<{ resolved: bigint; left: bigint }[]>`
        WITH found AS MATERIALIZED (
          SELECT o.id, ${drift.price} AS price, ${drift.salePrice} AS sale_price,
            ${drift.availability} AS availability, ${drift.condition} AS condition,
            ${feed.price} AS feed_price, ${feed.salePrice} AS feed_sale_price,
            ${feed.availability} AS feed_availability, ${feed.condition} AS feed_condition,
            ${drift.price} AND NOT ${keep}::boolean AND o.published_at IS NOT NULL AND ${feed.price} IS NULL AS needed
          FROM products o
          JOIN marketplace_products p ON p.store_id = o.store_id AND p.id = o.marketplace_product_id
          WHERE o.store_id = ${store.id}::uuid AND ${overridden} AND ${drifted}
          ORDER BY o.id FOR NO KEY UPDATE OF o
        ), settled AS (
          SELECT id, price AND NOT needed AS price, sale_price, availability, condition,
            feed_price, feed_sale_price, feed_availability, feed_condition FROM found
          WHERE NOT needed OR sale_price OR availability OR condition
        ), written AS (
          UPDATE products o SET
            price = CASE WHEN s.price AND NOT ${keep}::boolean THEN NULL ELSE o.price END,
            price_feed_value = CASE WHEN s.price THEN
              CASE WHEN ${keep}::boolean THEN s.feed_price END ELSE o.price_feed_value END,
            sale_price = CASE WHEN s.sale_price AND NOT ${keep}::boolean THEN NULL ELSE o.sale_price END,
            sale_price_feed_value = CASE WHEN s.sale_price THEN
              CASE WHEN ${keep}::boolean THEN s.feed_sale_price END ELSE o.sale_price_feed_value END,
            availability = CASE WHEN s.availability AND NOT ${keep}::boolean THEN NULL ELSE o.availability END,
            availability_feed_value = CASE WHEN s.availability THEN
              CASE WHEN ${keep}::boolean THEN s.feed_availability END ELSE o.availability_feed_value END,
            condition = CASE WHEN s.condition AND NOT ${keep}::boolean THEN NULL ELSE o.condition END,
            condition_feed_value = CASE WHEN s.condition THEN
              CASE WHEN ${keep}::boolean THEN s.feed_condition END ELSE o.condition_feed_value END,
            updated_at = clock_timestamp()
          FROM settled s WHERE o.store_id = ${store.id}::uuid AND o.id = s.id
          RETURNING 1
        )
        SELECT (SELECT count(*) FROM written) AS resolved, (SELECT count(*) FROM found WHERE needed) AS left`;
      return { resolvedCount: Number(counts?.resolved ?? 0), leftCount: Number(counts?.left ?? 0) };
    },
    { timeout: longestMs },
  );
}

/** A store with a million overrides takes so long, and who changes one product waits for that. */
const longestMs = 120_000;
