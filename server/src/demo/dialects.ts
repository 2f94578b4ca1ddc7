import type { Language } from '../product-data/language.ts';
import type { DemoAvailability, DemoCondition } from './demo-product.ts';
import { spokenHeaders, technicalHeaders, templateHeaders, translatedHeaders } from './feed-headers.ts';
import type { DemoStoreCode } from './shops.ts';

export type FeedEncoding = 'utf8' | 'utf8-bom' | 'windows-1252' | 'utf16le-bom';

/** How one feed writes what all feeds of its store mean. */
export interface Dialect {
  readonly encoding: FeedEncoding;
  readonly delimiter: ',' | ';' | '\t';
  readonly newline: '\n' | '\r\n';
  /** Every cell in quotes, or only those that need them. */
  readonly quoting: 'all' | 'needed';
  /** A record of explanations before the header, as Meta's templates have one. */
  readonly helpRecord: boolean;
  readonly header: (attribute: string) => string;
  readonly price: (cents: number) => string;
  /** A day of the store's calendar, from YYYY-MM-DD. */
  readonly day: (isoDay: string) => string;
  /** From the first minute of a day to the last one of another. */
  readonly period: (first: string, last: string) => string;
  readonly availability: Readonly<Record<DemoAvailability, string>>;
  readonly condition: Readonly<Record<DemoCondition, string>>;
  readonly decimalSign: '.' | ',';
}

const grouped = (euros: number, sign: string) => String(euros).replaceAll(/\B(?=(\d{3})+$)/g, sign);

/** Writes amounts such as `1.299,00 EUR`, with the signs given for thousands and decimals, and what stands behind it. */
const priceWriter = (thousands: string, decimal: string, suffix: string) => (cents: number) =>
  grouped(Math.floor(cents / 100), thousands) + decimal + String(cents % 100).padStart(2, '0') + suffix;

const winterOffset = '+01:00';
const inUtc = (day: string, time: string) =>
  new Date(`${day}T${time}:00${winterOffset}`).toISOString().replace(':00.000Z', 'Z');

const isoPeriod = (offset: string) => (first: string, last: string) =>
  `${first}T00:00${offset}/${last}T23:59${offset}`;
const backwards = (isoDay: string, sign: string) => isoDay.split('-').reverse().join(sign);

const french: Dialect = {
  encoding: 'utf8',
  delimiter: ';',
  newline: '\r\n',
  quoting: 'needed',
  helpRecord: false,
  header: translatedHeaders('fr'),
  price: priceWriter('\u00a0', ',', '\u00a0€'),
  day: (isoDay) => backwards(isoDay, '/'),
  period: isoPeriod(winterOffset),
  availability: {
    in_stock: 'en stock',
    out_of_stock: 'rupture de stock',
    preorder: 'précommande',
    backorder: 'sur commande',
  },
  condition: { new: 'neuf', used: 'occasion', refurbished: 'reconditionné' },
  decimalSign: ',',
};

const english: Dialect = {
  encoding: 'utf8',
  delimiter: ',',
  newline: '\n',
  quoting: 'needed',
  helpRecord: false,
  header: technicalHeaders,
  price: priceWriter('', '.', ' EUR'),
  day: (isoDay) => `${isoDay}T00:00+0100`,
  period: isoPeriod('+0100'),
  availability: {
    in_stock: 'in_stock',
    out_of_stock: 'out_of_stock',
    preorder: 'preorder',
    backorder: 'backorder',
  },
  condition: { new: 'new', used: 'used', refurbished: 'refurbished' },
  decimalSign: '.',
};

const german: Dialect = {
  encoding: 'windows-1252',
  delimiter: ';',
  newline: '\r\n',
  quoting: 'needed',
  helpRecord: false,
  header: translatedHeaders('de'),
  price: priceWriter('.', ',', ' EUR'),
  day: (isoDay) => backwards(isoDay, '.'),
  period: (first, last) => `${inUtc(first, '00:00')}/${inUtc(last, '23:59')}`,
  availability: {
    in_stock: 'auf Lager',
    out_of_stock: 'nicht auf Lager',
    preorder: 'vorbestellbar',
    backorder: 'Nachbestellung',
  },
  condition: { new: 'neu', used: 'gebraucht', refurbished: 'generalüberholt' },
  decimalSign: ',',
};

const bookshopNames = { id: 'référence', title: 'Désignation', price: 'prix TTC', gtin: 'Gencod' };
const cycleShopNames = {
  id: 'UGS',
  title: 'nom du produit',
  price: 'Tarif régulier',
  sale_price: 'Tarif promo',
};
const germanDecorationNames = { title: 'Bezeichnung', price: 'VK', sale_price: 'Aktionspreis', gtin: 'EAN' };
const germanCycleNames = {
  id: 'ArtNr',
  title: 'Artikelname',
  price: 'Bruttopreis',
  product_type: 'Warengruppe',
};

/** Nine ways to write a feed, each as some export out there does it. */
export const dialects: Readonly<Record<DemoStoreCode, Readonly<Record<Language, Dialect>>>> = {
  'weber-livres': {
    fr: {
      ...french,
      encoding: 'utf8-bom',
      header: translatedHeaders('fr', bookshopNames),
      price: priceWriter('\u202f', ',', '\u00a0€'),
    },
    en: english,
    de: { ...german, price: priceWriter('', ',', '') },
  },
  'weber-deco': {
    fr: { ...french, delimiter: '\t', newline: '\n', price: priceWriter('', ',', '') },
    en: { ...english, quoting: 'all', header: templateHeaders },
    de: { ...german, header: translatedHeaders('de', germanDecorationNames) },
  },
  'kirchberg-velo': {
    fr: { ...french, encoding: 'windows-1252', header: translatedHeaders('fr', cycleShopNames) },
    en: {
      ...english,
      encoding: 'utf8-bom',
      newline: '\r\n',
      helpRecord: true,
      header: spokenHeaders,
      price: priceWriter(',', '.', ' EUR'),
    },
    de: {
      ...german,
      encoding: 'utf16le-bom',
      delimiter: '\t',
      header: translatedHeaders('de', germanCycleNames),
      price: priceWriter('.', ',', ' €'),
    },
  },
};
