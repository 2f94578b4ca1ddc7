// @module-tag web
import { describe, expect, test } from 'vitest';
import { effectiveOf, type ShopProduct } from './shop-product.ts';

const noon = new Date('2026-03-01T12:00:00Z');

/** A product that never was in the shop. */
function imported(said: Partial<ShopProduct['imported']> = {}, goneFromFeed = 'OUT_OF_STOCK'): ShopProduct {
  const feed = {
    ...{ price: '24.90', salePrice: null, currency: 'EUR', availability: 'IN_STOCK', condition: null },
    ...{ salePriceEffectiveFrom: null, salePriceEffectiveUntil: null, missingSince: null },
    store: { currency: 'EUR', goneFromFeed },
    ...said,
  };
  return { imported: feed as unknown as ShopProduct['imported'], own: null };
}

describe('what a shopper would get of a product that never was in the shop', () => {
  test('is what the feed says, new where it says no condition', () => {
    expect(effectiveOf(imported(), noon)).toMatchObject({
      ...{ price: '24.90', salePrice: null, currency: 'EUR', availability: 'IN_STOCK', condition: 'NEW' },
    });
  });

  test.each([
    ['OUT_OF_STOCK', 'OUT_OF_STOCK'],
    ['KEEP', 'IN_STOCK'],
    ['UNPUBLISH', 'IN_STOCK'],
  ])('gone from the feed of a store that says %s is %s', (goneFromFeed, availability) => {
    const gone = imported({ missingSince: '2026-02-01T00:00:00Z' }, goneFromFeed);
    expect(effectiveOf(gone, noon).availability).toBe(availability);
  });

  test.each([
    ['24.89', '24.89'],
    ['24.90', null],
    ['25.00', null],
  ])('costs less in a sale alone: %s is %s', (salePrice, shown) => {
    expect(effectiveOf(imported({ salePrice }), noon).salePrice).toBe(shown);
  });

  test('is compared to the cent, however large it is', () => {
    const large = imported({ price: '99999999999999999.02', salePrice: '99999999999999999.01' });
    expect(effectiveOf(large, noon).salePrice).toBe('99999999999999999.01');
  });

  test.each([
    [{ salePriceEffectiveFrom: '2026-03-01T12:00:00Z' }, '19.90'],
    [{ salePriceEffectiveFrom: '2026-03-01T12:00:01Z' }, null],
    [{ salePriceEffectiveUntil: '2026-03-01T12:00:00Z' }, '19.90'],
    [{ salePriceEffectiveUntil: '2026-03-01T11:59:59Z' }, null],
  ])('is on sale while the feed says so: %j gives %s', (dates, shown) => {
    expect(effectiveOf(imported({ salePrice: '19.90', ...dates }), noon).salePrice).toBe(shown);
  });

  test('has no price in the currency of the store when the feed has another', () => {
    expect(effectiveOf(imported({ currency: 'USD', salePrice: '19.90' }), noon)).toMatchObject({
      ...{ price: null, salePrice: null },
    });
  });
});
