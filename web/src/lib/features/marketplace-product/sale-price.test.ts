// @module-tag web
import { expect, test } from 'vitest';
import { salePriceNow } from './sale-price.ts';

const now = new Date('2026-03-10T12:00:00Z');
const at = (from: string | null, until: string | null) => ({
  ...{ price: '20.00', salePrice: '15.00' },
  ...{ salePriceEffectiveFrom: from, salePriceEffectiveUntil: until },
});

test.each([
  ['without dates', at(null, null), '15.00'],
  ['within its dates', at('2026-03-01T00:00:00Z', '2026-03-31T00:00:00Z'), '15.00'],
  ['in the moment in which it begins', at('2026-03-10T12:00:00Z', null), '15.00'],
  ['in the moment in which it ends', at(null, '2026-03-10T12:00:00Z'), '15.00'],
  ['not begun', at('2026-03-10T12:00:01Z', null), null],
  ['over', at('2026-03-01T00:00:00Z', '2026-03-10T11:59:59Z'), null],
  ['not below the price', { price: '15.00', salePrice: '15.00' }, null],
  ['without a price', { price: null, salePrice: '15.00' }, null],
  ['where it is known to hold', { price: '20.00', salePrice: '15.00' }, '15.00'],
])('a sale %s', (_case, product, price) => {
  expect(salePriceNow(product, now)).toBe(price);
});
