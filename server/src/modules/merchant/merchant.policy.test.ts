// @module-tag merchant
import { expect, test } from 'vitest';
import type { Viewer } from '../../graphql/viewer.ts';
import { canGovernMerchants, canManageMerchant, canSeeMerchant } from './merchant.policy.ts';

const viewerWith = (merchantIds: string[], platformAdmin = false): Viewer => ({
  id: 'v',
  sessionId: 's',
  platformAdmin,
  merchantIds: new Set(merchantIds),
  storeRoles: new Map([['a store of it', 'MANAGER']]),
});

test.each([
  ['nobody', null, false, false],
  ['a manager of one of its stores', viewerWith([]), false, false],
  ["another merchant's owner", viewerWith(['other']), false, false],
  ['its owner', viewerWith(['merchant']), true, false],
  ['an admin', viewerWith([], true), true, true],
])('%s sees, manages and governs a merchant as the role says', (_who, viewer, sees, governs) => {
  expect(canSeeMerchant(viewer, 'merchant')).toBe(sees);
  expect(canManageMerchant(viewer, 'merchant')).toBe(sees);
  expect(canGovernMerchants(viewer)).toBe(governs);
});
