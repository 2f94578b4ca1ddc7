import type { Prisma, User } from '../../generated/prisma/client.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';
import { canSeeUser, storesOfKnownMembers } from './user.policy.ts';

/** The email of each user, in their order, null for those whose email the viewer may not see. One SQL statement. */
export async function visibleEmails(
  db: Db,
  viewer: Viewer | null,
  users: readonly User[],
): Promise<(string | null)[]> {
  const unsure = users.filter(({ id }) => !canSeeUser(viewer, id)).map(({ id }) => id);
  const known = await membersAmong(db, storesOfKnownMembers(viewer), unsure);
  return users.map(({ id, email }) => (canSeeUser(viewer, id) || known.has(id) ? email : null));
}

async function membersAmong(db: Db, storeIds: string[], userIds: string[]): Promise<Set<string>> {
  if (storeIds.length === 0 || userIds.length === 0) return new Set();
  const members = await db.$queryRaw<{ user_id: string }[]>`
    SELECT DISTINCT user_id FROM store_members
    WHERE user_id = ANY(${userIds}::uuid[]) AND store_id = ANY(${storeIds}::uuid[])`;
  return new Set(members.map(({ user_id }) => user_id));
}

/** Which memberships of users the viewer may see: the own ones, and those in stores whose members they know. */
export function visibleMemberships(viewer: Viewer | null): Prisma.StoreMemberWhereInput {
  if (viewer?.platformAdmin) return {};
  if (!viewer) return { id: { in: [] } };
  return { OR: [{ userId: viewer.id }, { storeId: { in: storesOfKnownMembers(viewer) } }] };
}

/** Which merchants of users the viewer may see: the own ones. */
export function visibleOwnerships(viewer: Viewer | null): Prisma.MerchantWhereInput {
  return viewer?.platformAdmin ? {} : { id: { in: [...(viewer?.merchantIds ?? [])] } };
}
