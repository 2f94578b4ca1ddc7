import type { StoreRole, Viewer } from '../../graphql/viewer.ts';

/** What the viewer is in a store: an admin everywhere; null for a stranger, to whom there is no such store. */
export function roleIn(viewer: Viewer | null, storeId: string): StoreRole | 'ADMIN' | null {
  if (viewer?.platformAdmin) return 'ADMIN';
  return viewer?.storeRoles.get(storeId) ?? null;
}

export const canSeeStore = (viewer: Viewer | null, storeId: string): boolean =>
  roleIn(viewer, storeId) !== null;

/** Imports, publishing, settings: everything but looking and members. */
export const canManageStore = (viewer: Viewer | null, storeId: string): boolean => {
  const role = roleIn(viewer, storeId);
  return role !== null && role !== 'STAFF';
};

/** Members, and whatever else decides who may do what. */
export const canOwnStore = (viewer: Viewer | null, storeId: string): boolean => {
  const role = roleIn(viewer, storeId);
  return role === 'ADMIN' || role === 'OWNER';
};

/** Who works in the store: everybody who manages it, and so has to know. */
export const canSeeMembers = canManageStore;

/** One of them: besides, everybody sees the own membership. */
export const canSeeMember = (
  viewer: Viewer | null,
  { storeId, userId }: { readonly storeId: string; readonly userId: string },
): boolean => canSeeMembers(viewer, storeId) || (canSeeStore(viewer, storeId) && viewer?.id === userId);

/** The viewer who now owns one store more; an admin needs no more than before. */
export const withOwnStore = (viewer: Viewer | null, storeId: string): Viewer | null =>
  viewer && { ...viewer, storeRoles: new Map([...viewer.storeRoles, [storeId, 'OWNER'] as const]) };
