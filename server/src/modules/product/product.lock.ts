import type { Store } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';

/**
 * The store as it is once the catalogue is locked: until the end of the transaction nobody else writes many products
 * of it. Of two that lock the same rows in different orders, each would wait for the other. Single products are
 * written without it.
 */
export async function lockCatalogue(db: Db, storeId: string): Promise<Store> {
  await db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('catalogue ' || ${storeId}::text, 0))::text`;
  // Afterwards: whoever had the lock before may have changed what the store wants.
  return db.store.findUniqueOrThrow({ where: { id: storeId } });
}

/**
 * The line of those who change a single product, or the store: they wait for its settings, or wait to change them. Who
 * locks the whole catalogue stands in the store's own.
 */
export const singleOf = (storeId: string): string => `single ${storeId}`;
