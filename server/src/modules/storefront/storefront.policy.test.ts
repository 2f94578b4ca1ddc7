// @module-tag storefront
import { expect, test } from 'vitest';
import { isOpen } from './storefront.policy.ts';

test.each([
  [true, true, true],
  [true, false, false],
  [false, true, false],
  [false, false, false],
])('with the store switched on %s and its merchant %s, it is open: %s', (active, ofMerchant, open) => {
  expect(isOpen({ active, merchant: { active: ofMerchant } })).toBe(open);
});
