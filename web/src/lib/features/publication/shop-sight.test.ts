// @module-tag web
import { expect, test } from 'vitest';
import { shopSightOf } from './shop-sight.ts';

test.each([
  [null, 'unpublished'],
  [{ published: false, isActive: true, price: null, offer: 'CURRENT' }, 'unpublished'],
  [{ published: true, isActive: false, price: null, offer: 'ENDED' }, 'off'],
  [{ published: true, isActive: true, price: null, offer: 'ENDED' }, 'unpriced'],
  [{ published: true, isActive: true, price: '9.00', offer: 'UPCOMING' }, 'upcoming'],
  [{ published: true, isActive: true, price: '9.00', offer: 'ENDED' }, 'ended'],
  [{ published: true, isActive: true, price: '0.00', offer: 'CURRENT' }, 'seen'],
] as const)('of %o shoppers know: %s', (product, sight) => {
  expect(shopSightOf(product)).toBe(sight);
});
