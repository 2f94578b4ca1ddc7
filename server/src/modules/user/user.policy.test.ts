// @module-tag user
import { expect, test } from 'vitest';
import type { StoreRole, Viewer } from '../../graphql/viewer.ts';
import { canManageUsers, canSeeUser, storesOfKnownMembers } from './user.policy.ts';

const viewer = (values: Partial<Viewer> = {}): Viewer => ({
  id: 'self',
  sessionId: 'session',
  platformAdmin: false,
  merchantIds: new Set(),
  storeRoles: new Map(),
  ...values,
});

const admin = viewer({ platformAdmin: true });
const member = viewer({
  storeRoles: new Map<string, StoreRole>([
    ['owned', 'OWNER'],
    ['managed', 'MANAGER'],
    ['served', 'STAFF'],
  ]),
});

test.each([
  ['nobody', null, false, false, false],
  ['an admin', admin, true, true, true],
  ['a member of stores', member, true, false, false],
])('%s: own account, that of another, all accounts', (_who, who, self, other, all) => {
  expect([canSeeUser(who, 'self'), canSeeUser(who, 'other'), canManageUsers(who)]).toEqual([
    self,
    other,
    all,
  ]);
});

test('members are known to those who own or manage their store', () => {
  expect(storesOfKnownMembers(member)).toEqual(['owned', 'managed']);
  expect(storesOfKnownMembers(null)).toEqual([]);
});
