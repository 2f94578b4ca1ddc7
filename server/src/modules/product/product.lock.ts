import type { Db } from '../../platform/database.ts';

/**
 * Until the end of the transaction nobody else writes many products of the store's catalogue: of two that lock the
 * same rows in different orders, each would wait for the other. Single products are written without it.
 */
export async function lockCatalogue(db: Db, storeId: string): Promise<void> {
  await db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('catalogue ' || ${storeId}::text, 0))::text`;
}
