import type { Store } from '../../generated/prisma/client.ts';
import { inPlace } from '../../graphql/in-place.ts';
import type { Db } from '../../platform/database.ts';
import { singleOf } from '../product/product.lock.ts';
import { StoreNotFoundError } from './store.errors.ts';

/**
 * The store as it is now, kept for the transaction's own changes until its end: whoever changes the store's
 * settings, domains or members comes after one another. Imports, which only refer to the store, do not wait.
 */
export async function lockStore(db: Db, storeId: string): Promise<Store> {
  await db.$queryRaw`SELECT 1 FROM stores WHERE id = ${storeId}::uuid FOR NO KEY UPDATE`;
  const store = await db.store.findUnique({ where: { id: storeId } });
  if (!store) throw new StoreNotFoundError();
  return store;
}

/**
 * What a change of the locked store gives, in a transaction of its own. Of those who wait for that few have a
 * connection meanwhile: throws what `inPlace` throws.
 */
export const changeLocked = <T>(
  db: Db,
  storeId: string,
  change: (transaction: Db, store: Store) => Promise<T>,
  options: { readonly timeout?: number } = {},
): Promise<T> =>
  inPlace(singleOf(storeId), () =>
    db.$transaction(
      async (transaction) => change(transaction, await lockStore(transaction, storeId)),
      options,
    ),
  );

/** The store as it is now: until the end of the transaction its settings stay so. Any number may hold it at a time. */
export async function holdStore(db: Db, storeId: string): Promise<Store> {
  await db.$queryRaw`SELECT 1 FROM stores WHERE id = ${storeId}::uuid FOR SHARE`;
  return db.store.findUniqueOrThrow({ where: { id: storeId } });
}
