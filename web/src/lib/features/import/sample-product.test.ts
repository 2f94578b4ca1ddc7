// @module-tag web
import { expect, test } from 'vitest';
import { sampleProduct } from './sample-product.ts';

const lamp = { id: '1', title: 'Lamp', price: '20.00', currency: 'CHF', sale_price: '15.00' };

test.each([
  ['without dates', {}, '15.00'],
  ['that is over', { sale_price_effective_until: '2024-02-01T00:00:00.000Z' }, null],
  ['that has not begun', { sale_price_effective_from: '2999-01-01T00:00:00.000Z' }, null],
])('a sale %s is shown as a shop would', (_which, dates, salePrice) => {
  const { price, currency, ...shown } = sampleProduct({ ...lamp, ...dates }, 'EUR');
  expect([price, currency, shown.salePrice]).toEqual(['20.00', 'CHF', salePrice]);
});

test.each([null, 'text', 4, ['a'], { price: 'free', sale_price: '15.00' }])(
  'values that are %o show nothing, and an amount without a price is none',
  (values) => {
    expect(sampleProduct(values, 'EUR')).toMatchObject({ number: '', price: null, salePrice: null });
  },
);

test('what the feed says in codes is shown in words of the page, what nobody knows is left out', () => {
  const factsOf = (values: object) => sampleProduct(values, 'EUR').facts;
  expect(factsOf({ brand: 'Luma', condition: 'new', availability: 'in_stock' })).toBe('Luma, New, In stock');
  expect(factsOf({ brand: 'Luma', condition: 'toString', availability: 'soon' })).toBe('Luma');
});
