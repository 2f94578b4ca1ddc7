import { Prisma, type Store } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import { effectiveSql } from './product.effective.ts';
import { lockCatalogue } from './product.lock.ts';

/**
 * Unpublishes products that are gone from their feeds, when the store wants that: those that are missing since
 * `since`, or all. What a person publishes again afterwards stays so.
 */
export async function withdrawMissing(db: Db, store: Store, since: Date | null): Promise<void> {
  if (store.goneFromFeed !== 'UNPUBLISH') return;
  await lockCatalogue(db, store.id);
  const gone = since
    ? Prisma.sql`p.missing_since = ${since}::timestamptz`
    : Prisma.sql`p.missing_since IS NOT NULL`;
  await db.$executeRaw`
    UPDATE products o SET published_at = NULL, withdrawn_at = now(), updated_at = clock_timestamp()
    FROM marketplace_products p
    WHERE p.store_id = ${store.id}::uuid AND p.missing_since IS NOT NULL AND ${gone}
      AND o.store_id = p.store_id AND o.marketplace_product_id = p.id AND o.published_at IS NOT NULL`;
}

/**
 * Publishes again what was unpublished only because its feed lacked it: what has returned or, when the store no
 * longer wants missing products unpublished, all. What has no price meanwhile stays unpublished.
 */
export async function restoreWithdrawn(db: Db, store: Store): Promise<void> {
  await lockCatalogue(db, store.id);
  const back = store.goneFromFeed === 'UNPUBLISH' ? Prisma.sql`p.missing_since IS NULL` : Prisma.sql`true`;
  await db.$executeRaw`
    UPDATE products o SET published_at = now(), withdrawn_at = NULL, updated_at = clock_timestamp()
    FROM marketplace_products p
    WHERE o.store_id = ${store.id}::uuid AND o.withdrawn_at IS NOT NULL
      AND p.store_id = o.store_id AND p.id = o.marketplace_product_id
      AND ${back} AND ${effectiveSql(store).price} IS NOT NULL`;
}
