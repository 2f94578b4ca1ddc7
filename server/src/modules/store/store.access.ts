import { Prisma, type Store, type StoreDomain, type StoreMember } from '../../generated/prisma/client.ts';
import { fault } from '../../graphql/errors.ts';
import { uuidOf } from '../../graphql/global-id.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';
import { StoreDomainNotFoundError, StoreMemberNotFoundError, StoreNotFoundError } from './store.errors.ts';
import { canSeeMember, canSeeStore } from './store.policy.ts';

/** What the database could hold as a code: anything else need not be looked for. */
export const codeForm = /^[a-z\d-]{1,200}$/;

type Policy = (viewer: Viewer | null, storeId: string) => boolean;

/** The store of that code, or null when there is none that the viewer may see; `query` is Pothos's. */
export async function findStore(
  db: Db,
  viewer: Viewer | null,
  code: string,
  query: { readonly include?: Prisma.StoreInclude } = {},
): Promise<Store | null> {
  const store = codeForm.test(code) ? await db.store.findUnique({ ...query, where: { code } }) : null;
  return store && canSeeStore(viewer, store.id) ? store : null;
}

/** Its id alone, for whoever looks for what belongs to it; null as for `findStore`. */
export async function findStoreId(db: Db, viewer: Viewer | null, code: string): Promise<string | null> {
  const asked = { where: { code }, select: { id: true } } as const;
  const store = codeForm.test(code) ? await db.store.findUnique(asked) : null;
  return store && canSeeStore(viewer, store.id) ? store.id : null;
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

/** The domain of that global id, for something that the policy allows; throws as `storeFor` does. */
export async function storeDomainFor(
  db: Db,
  viewer: Viewer | null,
  globalId: string,
  policy: Policy,
): Promise<StoreDomain> {
  const id = uuidOf('StoreDomain', globalId);
  const domain = id === null ? null : await db.storeDomain.findUnique({ where: { id } });
  if (!domain || !canSeeStore(viewer, domain.storeId)) throw new StoreDomainNotFoundError();
  if (!policy(viewer, domain.storeId)) throw fault('FORBIDDEN');
  return domain;
}

/** The member of that global id, for something that the policy allows; throws as `storeFor` does. */
export async function storeMemberFor(
  db: Db,
  viewer: Viewer | null,
  globalId: string,
  policy: Policy,
): Promise<StoreMember> {
  const id = uuidOf('StoreMember', globalId);
  const member = id === null ? null : await db.storeMember.findUnique({ where: { id } });
  if (!member || !canSeeMember(viewer, member)) throw new StoreMemberNotFoundError();
  if (!policy(viewer, member.storeId)) throw fault('FORBIDDEN');
  return member;
}

/** An SQL condition on a store's id: true for the stores that the viewer may see. */
export function visibleStores(viewer: Viewer | null, column: string): Prisma.Sql {
  if (viewer?.platformAdmin) return Prisma.sql`true`;
  const ids = [...(viewer?.storeRoles.keys() ?? [])];
  return Prisma.sql`${Prisma.raw(column)} = ANY(${ids}::uuid[])`;
}
