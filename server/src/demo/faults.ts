import type { RowIssueCode } from '../product-data/codes.ts';
import type { Language } from '../product-data/language.ts';
import type { Dialect } from './dialects.ts';
import { withCheckDigit, type DemoProduct } from './demo-product.ts';
import type { FeedCells } from './feed-cells.ts';
import { at } from './random.ts';
import type { Words } from './words.ts';

/** What a fault may look at while it spoils the cells of a row. */
export interface FaultyRow {
  readonly cells: FeedCells;
  readonly product: DemoProduct;
  readonly language: Language;
  readonly dialect: Dialect;
  /** Counted from 0 among the rows with this fault. */
  readonly ordinal: number;
}

export interface Fault {
  /** The one code that an import gives for it. */
  readonly code: RowIssueCode;
  /**
   * `shared`: in the same rows of all three feeds, as it is in what they share; otherwise one feed would
   * undo what another said. `language`: in rows of that feed alone.
   */
  readonly scope: 'shared' | 'language';
  /** Rows a feed. */
  readonly count: number;
  /** How the record is broken, beside its cells. */
  readonly record?: 'tooManyCells' | 'tooFewCells';
  /** A row of its own, behind the right one. */
  readonly repeated?: true;
  readonly spoil: (row: FaultyRow) => Readonly<FeedCells>;
}

const none = () => ({});
const said = (fr: string, en: string, de: string): Words => ({ fr, en, de });

const noSale = { sale_price: '', sale_price_effective_date: '' };
const noArrival = { availability_date: '' };

/** What people write where a price should be; the second letter O stands for a zero. */
const unreadablePrices = [
  said('24,9O €', '24.9O EUR', '24,9O EUR'),
  said('sur demande', 'on request', 'auf Anfrage'),
  said('12,90,00 €', '12.90.00 EUR', '12,90,00 EUR'),
  said('à partir de 19,90 €', 'from 19.90 EUR', 'ab 19,90 EUR'),
];
const keywords = said(
  'pas cher, meilleur prix, livraison rapide au Luxembourg, idée cadeau',
  'best price, fast delivery in Luxembourg, gift idea, special offer',
  'günstig, bester Preis, schnelle Lieferung in Luxemburg, Geschenkidee',
);

/** Longer than the 500 characters that a title may have. */
function stuffedTitle(title: string, extra: string): string {
  let stuffed = title;
  while (stuffed.length <= 520) stuffed += ` – ${extra}`;
  return stuffed;
}

/** `9,78238E+12`: what a spreadsheet makes of a long number. */
const asSpreadsheet = (gtin: string, sign: string) => `${gtin.charAt(0)}${sign}${gtin.slice(1, 6)}E+12`;

const wrongCheckDigit = (gtin: string) => gtin.slice(0, -1) + String((Number(gtin.at(-1)) + 1) % 10);

const errors: readonly Fault[] = [
  { code: 'ROW_TOO_MANY_FIELDS', scope: 'language', count: 6, record: 'tooManyCells', spoil: none },
  { code: 'MISSING_ID', scope: 'shared', count: 6, spoil: () => ({ id: '' }) },
  {
    code: 'MISSING_TITLE',
    scope: 'language',
    count: 9,
    spoil: ({ ordinal }) => ({ title: ordinal % 3 === 0 ? ' ' : '' }),
  },
  {
    code: 'DUPLICATE_ID',
    scope: 'shared',
    count: 8,
    repeated: true,
    spoil: ({ product, dialect }) => ({ price: dialect.price(product.priceCents + 200) }),
  },
  {
    code: 'PRICE_UNREADABLE',
    scope: 'shared',
    count: 8,
    spoil: ({ language, ordinal }) => ({ price: at(unreadablePrices, ordinal)[language], ...noSale }),
  },
  {
    code: 'PRICE_NEGATIVE',
    scope: 'shared',
    count: 2,
    spoil: ({ cells }) => ({ price: `-${cells.price ?? ''}`, ...noSale }),
  },
];

const commerceWarnings: readonly Fault[] = [
  { code: 'PRICE_MISSING', scope: 'shared', count: 6, spoil: () => ({ price: '', ...noSale }) },
  {
    code: 'PRICE_ZERO',
    scope: 'shared',
    count: 2,
    spoil: ({ dialect }) => ({ price: dialect.price(0), ...noSale }),
  },
  {
    code: 'SALE_PRICE_NOT_LOWER',
    scope: 'shared',
    count: 7,
    spoil: ({ product, dialect }) => ({ ...noSale, sale_price: dialect.price(product.priceCents + 500) }),
  },
  {
    code: 'AVAILABILITY_UNKNOWN',
    scope: 'shared',
    count: 8,
    spoil: ({ language }) => ({
      ...noArrival,
      availability: said('voir magasin', 'ask in store', 'im Laden fragen')[language],
    }),
  },
  {
    code: 'AVAILABILITY_DATE_MISSING',
    scope: 'shared',
    count: 5,
    spoil: ({ dialect }) => ({ ...noArrival, availability: dialect.availability.preorder }),
  },
  {
    code: 'CONDITION_UNKNOWN',
    scope: 'shared',
    count: 4,
    spoil: ({ language }) => ({ condition: said('exposition', 'ex-display', 'Ausstellungsstück')[language] }),
  },
  {
    code: 'DATE_UNREADABLE',
    scope: 'shared',
    count: 5,
    spoil: ({ language, dialect }) => ({
      availability: dialect.availability.in_stock,
      availability_date: said('mi-février', 'mid-February', 'Mitte Februar')[language],
    }),
  },
  {
    code: 'DATE_RANGE_REVERSED',
    scope: 'shared',
    count: 3,
    spoil: ({ product, dialect }) => ({
      sale_price: dialect.price(Math.floor(product.priceCents / 2)),
      sale_price_effective_date: dialect.period('2027-01-06', '2026-11-20'),
    }),
  },
  {
    code: 'URL_UNREADABLE',
    scope: 'shared',
    count: 4,
    spoil: ({ language }) => ({
      image_link: said('image à venir', 'picture to follow', 'Bild folgt')[language],
    }),
  },
  {
    code: 'MEASURE_UNREADABLE',
    scope: 'shared',
    count: 3,
    spoil: ({ language }) => ({
      shipping_weight: said('selon modèle', 'varies', 'je nach Modell')[language],
    }),
  },
];

const gtinWarnings: readonly Fault[] = [
  {
    code: 'GTIN_CHECK_DIGIT',
    scope: 'shared',
    count: 11,
    spoil: ({ product }) => ({ gtin: wrongCheckDigit(product.gtin) }),
  },
  {
    code: 'GTIN_DAMAGED',
    scope: 'shared',
    count: 9,
    spoil: ({ product, dialect }) => ({ gtin: asSpreadsheet(product.gtin, dialect.decimalSign) }),
  },
  {
    code: 'GTIN_MALFORMED',
    scope: 'shared',
    count: 5,
    spoil: ({ product }) => ({ gtin: product.gtin.slice(0, 9) }),
  },
  {
    code: 'GTIN_RESTRICTED',
    scope: 'shared',
    count: 4,
    // GS1 prefixes 20 to 29 are for use inside a shop.
    spoil: ({ product }) => ({ gtin: withCheckDigit(`20${product.gtin.slice(2, 12)}`) }),
  },
  {
    code: 'GTIN_REPAIRED',
    scope: 'shared',
    count: 4,
    // A GTIN-12 with a zero in front, which a spreadsheet took for a number.
    spoil: ({ product }) => ({ gtin: withCheckDigit(`061${product.gtin.slice(4, 12)}`).slice(1) }),
  },
];

const textWarnings: readonly Fault[] = [
  {
    code: 'TEXT_TOO_LONG',
    scope: 'language',
    count: 4,
    spoil: ({ cells, language }) => ({ title: stuffedTitle(cells.title ?? '', keywords[language]) }),
  },
  {
    code: 'CONTROL_CHARACTERS',
    scope: 'language',
    count: 3,
    // A vertical tab is what a line break within a paragraph becomes on its way out of a word processor.
    spoil: ({ cells }) => ({ description: (cells.description ?? '').replace(/[.!?]\s/, '.\u000b') }),
  },
  // Shared: what is cut off is the shop's own column, which all feeds of a store have last.
  { code: 'ROW_TOO_FEW_FIELDS', scope: 'shared', count: 4, record: 'tooFewCells', spoil: none },
];

/** Everything that the demo's feeds get wrong on purpose. */
export const demoFaults: readonly Fault[] = [
  ...errors,
  ...commerceWarnings,
  ...gtinWarnings,
  ...textWarnings,
];
