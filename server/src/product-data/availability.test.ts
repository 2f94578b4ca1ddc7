// @module-tag product-data
import { expect, test } from 'vitest';
import { readAvailability } from './availability.ts';

test.each([
  [
    'in_stock',
    [
      'in stock',
      'In_Stock',
      'InStock',
      'http://schema.org/InStock',
      'limited_availability',
      'available for order',
    ],
  ],
  [
    'in_stock',
    ['yes', 'TRUE', '1', '250', '3.0', 'Auf Lager', 'auf_Lager', 'verfuegbar', 'En stock', 'disponible'],
  ],
  [
    'out_of_stock',
    ['out of stock', 'https://schema.org/SoldOut', 'discontinued', '0', '0.0', 'no', 'false', 'Non'],
  ],
  [
    'out_of_stock',
    ['Nicht auf Lager', 'ausverkauft', 'épuisé', 'epuise', 'E\u0301puise\u0301', 'en_rupture_de_stock'],
  ],
  [
    'preorder',
    ['pre-order', 'Pre Order', 'PreOrder', 'vorbestellbar', 'Précommande', 'https://schema.org/PreSale'],
  ],
  ['backorder', ['back order', 'BackOrder', 'bestellbar', 'sur commande', 'en réapprovisionnement']],
])('%s has many names', (value, texts) => {
  expect(texts.map(readAvailability)).toEqual(texts.map(() => ({ ok: true, value })));
});

test.each(['soon', '-1', '4 weeks', 'constructor', '__proto__', 'https://schema.org/', '1e3'])(
  'the availability %j is not guessed',
  (text) => {
    expect(readAvailability(text)).toEqual({ ok: false, code: 'AVAILABILITY_UNKNOWN' });
  },
);

test('a text of a megabyte is no availability', () => {
  expect(readAvailability('x'.repeat(1_000_000)).ok).toBe(false);
});
