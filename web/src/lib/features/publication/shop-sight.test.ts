// @module-tag web
import { expect, test } from 'vitest';
import { shopSightOf } from './shop-sight.ts';

test.each([
  [null, 'unpublished'],
  [{ published: false, isActive: true, price: null }, 'unpublished'],
  [{ published: true, isActive: false, price: null }, 'off'],
  [{ published: true, isActive: true, price: null }, 'unpriced'],
  [{ published: true, isActive: true, price: '0.00' }, 'seen'],
] as const)('of %o shoppers know: %s', (product, sight) => {
  expect(shopSightOf(product)).toBe(sight);
});
