import type { Viewer } from '../../graphql/viewer.ts';

/** Everything of a user but the password: for the user and for admins. */
export const canSeeUser = (viewer: Viewer | null, userId: string): boolean =>
  viewer !== null && (viewer.platformAdmin || viewer.id === userId);

export const canManageUsers = (viewer: Viewer | null): boolean => viewer?.platformAdmin ?? false;

/** Ids of the stores whose members the viewer knows by email: the own ones, and those that the viewer manages. */
export function storesOfKnownMembers(viewer: Viewer | null): string[] {
  const roles = [...(viewer?.storeRoles ?? [])];
  return roles.filter(([, role]) => role !== 'STAFF').map(([storeId]) => storeId);
}
