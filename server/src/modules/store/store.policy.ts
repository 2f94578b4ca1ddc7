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
