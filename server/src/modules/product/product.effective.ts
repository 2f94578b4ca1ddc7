import { Prisma } from '../../generated/prisma/client.ts';

/**
 * The one rule by which an own value and the feed's make what is sold: as a function of records, and as SQL, which a
 * test holds equal. Nothing that it says is stored, so that an import never has to bring anything up to date.
 */

type Decimal = Prisma.Decimal;

/** The columns of a Product that the rule looks at: overrides, and what the feed said when each was set. */
export interface OwnValues {
  readonly price: Decimal | null;
  readonly priceFeedValue: Decimal | null;
  readonly salePrice: Decimal | null;
  readonly salePriceFeedValue: Decimal | null;
  readonly availability: string | null;
  readonly availabilityFeedValue: string | null;
  readonly condition: string | null;
  readonly conditionFeedValue: string | null;
}

/** The columns of a MarketplaceProduct that the rule looks at. */
export interface FeedColumns {
  readonly price: Decimal | null;
  readonly currency: string | null;
  readonly salePrice: Decimal | null;
  readonly salePriceEffectiveFrom: Date | null;
  readonly salePriceEffectiveUntil: Date | null;
  readonly availability: string | null;
  readonly condition: string | null;
  readonly missingSince: Date | null;
}

/** The columns of a Store that the rule looks at. */
export interface CatalogueStore {
  readonly currency: string;
  readonly goneFromFeed: 'KEEP' | 'OUT_OF_STOCK' | 'UNPUBLISH';
}

export interface EffectiveValues {
  /** In the store's currency; null when there is none: then it cannot be published. */
  readonly price: Decimal | null;
  /** Lower than the price; null when there is no sale now. */
  readonly salePrice: Decimal | null;
  /** One of `availabilities`; null when nobody says. */
  readonly availability: string | null;
  /** One of `conditions`; `unknownCondition` when the feed's could not be read. */
  readonly condition: string;
}

/** What of a product its store may set itself. */
export const overrideFields = ['price', 'salePrice', 'availability', 'condition'] as const;
export type OverrideField = (typeof overrideFields)[number];

/** The feed's values of now as overrides are compared with them: amounts in the store's currency, or none. */
export type FeedValues = { readonly [Field in OverrideField]: OwnValues[Field] };

const defaultCondition = 'new';

/** What the feed says now. Of its amounts only those in the store's currency count; a sale's dates do not. */
export function feedValues(feed: FeedColumns, { currency }: Pick<CatalogueStore, 'currency'>): FeedValues {
  const { availability, condition } = feed;
  const known = feed.currency === currency;
  return {
    price: known ? feed.price : null,
    salePrice: known ? feed.salePrice : null,
    availability,
    condition,
  };
}

/** What is sold; `own` is null for a product that was never in the catalogue. */
export function effectiveValues(
  own: OwnValues | null,
  feed: FeedColumns,
  store: CatalogueStore,
  now: Date,
): EffectiveValues {
  const said = feedValues(feed, store);
  const price = own?.price ?? said.price;
  const salePrice = own?.salePrice ?? (isOnSale(feed, now) ? said.salePrice : null);
  const gone = feed.missingSince !== null && store.goneFromFeed === 'OUT_OF_STOCK';
  return {
    price,
    salePrice: price && salePrice?.lessThan(price) ? salePrice : null,
    availability: own?.availability ?? (gone ? 'out_of_stock' : said.availability),
    condition: own?.condition ?? said.condition ?? defaultCondition,
  };
}

const isOnSale = (feed: FeedColumns, now: Date) =>
  (feed.salePriceEffectiveFrom === null || feed.salePriceEffectiveFrom <= now) &&
  (feed.salePriceEffectiveUntil === null || feed.salePriceEffectiveUntil >= now);

/** Between which moments the feed lets shoppers see a product. */
export interface OfferDates {
  readonly disclosureDate: Date | null;
  readonly expirationDate: Date | null;
}

/** Whether the feed lets shoppers see a product: not yet, now, or no more. */
export type OfferState = 'UPCOMING' | 'CURRENT' | 'ENDED';

/** An offer that ends before it begins has ended. */
export function offerOf({ disclosureDate, expirationDate }: OfferDates, now: Date): OfferState {
  if (expirationDate !== null && expirationDate <= now) return 'ENDED';
  return disclosureDate !== null && disclosureDate > now ? 'UPCOMING' : 'CURRENT';
}

/** An override after whose setting the feed changed its mind; the values as text, amounts with two digits. */
export interface Drift {
  readonly field: OverrideField;
  readonly own: string;
  readonly feedThen: string | null;
  readonly feedNow: string | null;
}

/** The overrides that drifted; empty when the feed still says what it said when they were set. */
export function driftOf(own: OwnValues, feed: FeedColumns, store: Pick<CatalogueStore, 'currency'>): Drift[] {
  const said = feedValues(feed, store);
  return overrideFields.flatMap((field) => {
    const value = textOf(own[field]);
    const [feedThen, feedNow] = [textOf(own[`${field}FeedValue`]), textOf(said[field])];
    return value === null || feedThen === feedNow ? [] : [{ field, own: value, feedThen, feedNow }];
  });
}

/** Amounts that are equal have the same text. */
const textOf = (value: Decimal | string | null) =>
  value === null || typeof value === 'string' ? value : value.toFixed(2);

/** The rule in SQL, over rows of products and of marketplace_products. */
export interface EffectiveSql {
  readonly price: Prisma.Sql;
  readonly salePrice: Prisma.Sql;
  readonly availability: Prisma.Sql;
  readonly condition: Prisma.Sql;
  /** True when the offer is current, as `offerOf` has it. */
  readonly offered: Prisma.Sql;
  /** What the feed says now, as `feedValues` has it. */
  readonly feed: { readonly [Field in OverrideField]: Prisma.Sql };
  /** True when any override is set. Word for word the condition of the index products_overridden. */
  readonly overridden: Prisma.Sql;
  /** For each field, true when its override drifted. */
  readonly drift: { readonly [Field in OverrideField]: Prisma.Sql };
  /** True when any override drifted. */
  readonly drifted: Prisma.Sql;
}

interface SqlOptions {
  /** Alias of products, or of nothing but nulls where a product was never in the catalogue. */
  readonly own?: string;
  /** Alias of marketplace_products. */
  readonly feed?: string;
  /** When; the transaction's time if not given. */
  readonly now?: Date;
}

/** Expressions for the rows of one store, with its settings in them. */
export function effectiveSql(store: CatalogueStore, options: SqlOptions = {}): EffectiveSql {
  const own = (column: string) => Prisma.raw(`${options.own ?? 'o'}.${column}`);
  const feed = (column: string) => Prisma.raw(`${options.feed ?? 'p'}.${column}`);
  const now = options.now ? Prisma.sql`${options.now}::timestamptz` : Prisma.sql`now()`;
  const amount = (column: string) =>
    Prisma.sql`CASE WHEN ${feed('currency')} = ${store.currency}::char(3) THEN ${feed(column)} END`;
  const said = {
    price: amount('price'),
    salePrice: amount('sale_price'),
    availability: Prisma.sql`${feed('availability')}`,
    condition: Prisma.sql`${feed('condition')}`,
  };
  const price = Prisma.sql`COALESCE(${own('price')}, ${said.price})`;
  const sale = Prisma.sql`COALESCE(${own('sale_price')}, CASE
    WHEN (${feed('sale_price_effective_from')} IS NULL OR ${feed('sale_price_effective_from')} <= ${now})
     AND (${feed('sale_price_effective_until')} IS NULL OR ${feed('sale_price_effective_until')} >= ${now})
    THEN ${said.salePrice} END)`;
  const stocked =
    store.goneFromFeed === 'OUT_OF_STOCK'
      ? Prisma.sql`CASE WHEN ${feed('missing_since')} IS NULL THEN ${said.availability} ELSE 'out_of_stock' END`
      : said.availability;
  const drift = {
    price: driftSql(own('price'), own('price_feed_value'), said.price),
    salePrice: driftSql(own('sale_price'), own('sale_price_feed_value'), said.salePrice),
    availability: driftSql(own('availability'), own('availability_feed_value'), said.availability),
    condition: driftSql(own('condition'), own('condition_feed_value'), said.condition),
  };
  return {
    price,
    salePrice: Prisma.sql`CASE WHEN ${sale} < ${price} THEN ${sale} END`,
    availability: Prisma.sql`COALESCE(${own('availability')}, ${stocked})`,
    condition: Prisma.sql`COALESCE(${own('condition')}, ${said.condition}, ${defaultCondition})`,
    offered: Prisma.sql`((${feed('disclosure_date')} IS NULL OR ${feed('disclosure_date')} <= ${now})
      AND (${feed('expiration_date')} IS NULL OR ${feed('expiration_date')} > ${now}))`,
    feed: said,
    overridden: Prisma.sql`(${own('price')} IS NOT NULL OR ${own('sale_price')} IS NOT NULL
      OR ${own('availability')} IS NOT NULL OR ${own('condition')} IS NOT NULL)`,
    drift,
    drifted: Prisma.sql`(${Prisma.join(Object.values(drift), ' OR ')})`,
  };
}

const driftSql = (own: Prisma.Sql, then: Prisma.Sql, now: Prisma.Sql) =>
  Prisma.sql`(${own} IS NOT NULL AND ${then} IS DISTINCT FROM ${now})`;
