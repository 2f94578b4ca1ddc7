// @module-tag store
import { expect, test } from 'vitest';
import type { StoreRole, Viewer } from '../../graphql/viewer.ts';
import {
  canManageStore,
  canOwnStore,
  canSeeMember,
  canSeeMembers,
  canSeeStore,
  roleIn,
  withOwnStore,
} from './store.policy.ts';

const viewerWith = (role: StoreRole | null, platformAdmin = false): Viewer => ({
  id: 'v',
  sessionId: 's',
  platformAdmin,
  merchantIds: new Set(),
  storeRoles: new Map(role ? [['store', role]] : []),
});

test.each([
  // viewer, role, sees, manages, sees members, owns
  ['nobody', null, null, false, false, false, false],
  ['a stranger', viewerWith(null), null, false, false, false, false],
  ['staff', viewerWith('STAFF'), 'STAFF', true, false, false, false],
  ['a manager', viewerWith('MANAGER'), 'MANAGER', true, true, true, false],
  ['the owner', viewerWith('OWNER'), 'OWNER', true, true, true, true],
  ['an admin', viewerWith(null, true), 'ADMIN', true, true, true, true],
  ['an admin who is staff there', viewerWith('STAFF', true), 'ADMIN', true, true, true, true],
])('%s has what the role gives', (_who, viewer, role, sees, manages, seesMembers, owns) => {
  expect({
    role: roleIn(viewer, 'store'),
    sees: canSeeStore(viewer, 'store'),
    manages: canManageStore(viewer, 'store'),
    seesMembers: canSeeMembers(viewer, 'store'),
    owns: canOwnStore(viewer, 'store'),
  }).toEqual({ role, sees, manages, seesMembers, owns });
});

test('a role in one store is none in another', () => {
  expect(canSeeStore(viewerWith('OWNER'), 'other')).toBe(false);
});

test('a store that somebody has made is their own, beside those they had', () => {
  const viewer = withOwnStore(viewerWith('STAFF'), 'new');
  expect([roleIn(viewer, 'new'), roleIn(viewer, 'store')]).toEqual(['OWNER', 'STAFF']);
  expect(withOwnStore(null, 'new')).toBeNull();
});

test('staff see themselves among the members, as long as they are one', () => {
  const own = { storeId: 'store', userId: 'v' };
  expect(canSeeMember(viewerWith('STAFF'), own)).toBe(true);
  expect(canSeeMember(viewerWith('STAFF'), { ...own, userId: 'other' })).toBe(false);
  expect(canSeeMember(viewerWith('MANAGER'), { ...own, userId: 'other' })).toBe(true);
  expect(canSeeMember(viewerWith(null), own)).toBe(false);
  expect(canSeeMember(null, own)).toBe(false);
});
