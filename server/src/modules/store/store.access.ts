import { Prisma, type Store } from '../../generated/prisma/client.ts';
import { fault } from '../../graphql/errors.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';
import { StoreNotFoundError } from './store.errors.ts';
import { canSeeStore } from './store.policy.ts';

type Policy = (viewer: Viewer | null, storeId: string) => boolean;

/** The store of that code, or null when there is none that the viewer may see. */
export async function findStore(db: Db, viewer: Viewer | null, code: string): Promise<Store | null> {
  const store = await db.store.findUnique({ where: { code } });
  return store && canSeeStore(viewer, store.id) ? store : null;
}

/**
 * The store of that code, for something that the policy allows. Throws StoreNotFoundError for one that the viewer
 * may not see, and FORBIDDEN for one that may only be looked at.
 */
export async function storeFor(db: Db, viewer: Viewer | null, code: string, policy: Policy): Promise<Store> {
  const store = await findStore(db, viewer, code);
  if (!store) throw new StoreNotFoundError(code);
  if (!policy(viewer, store.id)) throw fault('FORBIDDEN');
  return store;
}

/** An SQL condition on a store's id: true for the stores that the viewer may see. */
export function visibleStores(viewer: Viewer | null, column: string): Prisma.Sql {
  if (viewer?.platformAdmin) return Prisma.sql`true`;
  const ids = [...(viewer?.storeRoles.keys() ?? [])];
  return Prisma.sql`${Prisma.raw(column)} = ANY(${ids}::uuid[])`;
}
