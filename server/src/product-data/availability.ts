import type { Normalised } from './normalised.ts';
import { spellings } from './spelling.ts';

/** Merchant Center answer 6324448. */
export const availabilities = ['in_stock', 'out_of_stock', 'preorder', 'backorder'] as const;

export type Availability = (typeof availabilities)[number];

/** Of Google, schema.org and exports in three languages. */
const lookUp = spellings<Availability>([
  [
    'in_stock',
    [
      ...[
        'in_stock',
        'in stock',
        'InStock',
        'LimitedAvailability',
        'OnlineOnly',
        'available',
        'available for order',
      ],
      ...['yes', 'true', 'y', 'ja', 'oui', 'wahr', 'vrai'],
      ...[
        'auf Lager',
        'lagernd',
        'verfügbar',
        'sofort verfügbar',
        'sofort lieferbar',
        'vorrätig',
        'lieferbar',
      ],
      ...['en stock', 'disponible'],
    ],
  ],
  [
    'out_of_stock',
    [
      ...[
        'out_of_stock',
        'out of stock',
        'OutOfStock',
        'SoldOut',
        'Discontinued',
        'InStoreOnly',
        'unavailable',
      ],
      ...['not available', 'no', 'false', 'n', 'nein', 'non', 'falsch', 'faux'],
      ...[
        'nicht auf Lager',
        'ausverkauft',
        'nicht verfügbar',
        'nicht lieferbar',
        'nicht vorrätig',
        'vergriffen',
      ],
      ...['en rupture de stock', 'rupture de stock', 'en rupture', 'rupture', 'épuisé', 'épuisée'],
      ...['indisponible', 'non disponible'],
    ],
  ],
  [
    'preorder',
    [
      ...['preorder', 'pre order', 'PreSale', 'vorbestellbar', 'vorbestellt', 'Vorbestellung'],
      ...['précommande', 'en précommande'],
    ],
  ],
  [
    'backorder',
    [
      'backorder',
      'bestellbar',
      'Nachbestellung',
      'sur commande',
      'en réapprovisionnement',
      'réapprovisionnement',
    ],
  ],
]);

const schemaOrg = /^https?:\/\/(?:www\.)?schema\.org\//i;
/** Columns of this attribute hold pieces in stock just as well. */
const pieces = /^\+?(\d{1,12})(?:[.,]0+)?$/;

/** The availability that a cell names, or AVAILABILITY_UNKNOWN. The caller looks for blank cells first. */
export function readAvailability(text: string): Normalised<Availability> {
  const value = lookUp(text);
  if (value) return { ok: true, value };
  const [, count] = pieces.exec(text) ?? [];
  if (count !== undefined) return { ok: true, value: /[1-9]/.test(count) ? 'in_stock' : 'out_of_stock' };
  const named = schemaOrg.test(text) ? lookUp(text.replace(schemaOrg, '')) : undefined;
  return named ? { ok: true, value: named } : { ok: false, code: 'AVAILABILITY_UNKNOWN' };
}
