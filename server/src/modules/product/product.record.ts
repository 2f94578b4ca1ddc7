import { Prisma } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import type { FeedColumns, OwnValues } from './product.effective.ts';

/** What a store may set of a product, and what it needs to be checked against. */
export interface OwnRecord extends OwnValues {
  readonly isFeatured: boolean;
  readonly isActive: boolean;
  readonly minQuantity: number;
  readonly maxQuantity: number | null;
}

/** A product of a catalogue, locked, beside what the feed says of it. */
export interface LockedProduct {
  readonly id: bigint;
  readonly marketplaceProductId: bigint;
  readonly published: boolean;
  readonly own: OwnRecord;
  readonly feed: FeedColumns;
}

type Row = OwnRecord & {
  readonly id: bigint;
  readonly marketplaceProductId: bigint;
  readonly publishedAt: Date | null;
  readonly feedPrice: OwnValues['price'];
  readonly feedCurrency: string | null;
  readonly feedSalePrice: OwnValues['price'];
  readonly feedFrom: Date | null;
  readonly feedUntil: Date | null;
  readonly feedAvailability: string | null;
  readonly feedCondition: string | null;
  readonly missingSince: Date | null;
};

/** The store's products of these ids, of either table, kept for the transaction's own changes until its end. */
export async function lockProducts(
  db: Db,
  storeId: string,
  { ids, marketplaceIds }: { readonly ids: readonly bigint[]; readonly marketplaceIds: readonly bigint[] },
): Promise<LockedProduct[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT o.id, o.marketplace_product_id AS "marketplaceProductId", o.published_at AS "publishedAt",
      o.price, o.price_feed_value AS "priceFeedValue",
      o.sale_price AS "salePrice", o.sale_price_feed_value AS "salePriceFeedValue",
      o.availability, o.availability_feed_value AS "availabilityFeedValue",
      o.condition, o.condition_feed_value AS "conditionFeedValue",
      o.is_featured AS "isFeatured", o.is_active AS "isActive",
      o.min_quantity AS "minQuantity", o.max_quantity AS "maxQuantity",
      p.price AS "feedPrice", p.currency AS "feedCurrency", p.sale_price AS "feedSalePrice",
      p.sale_price_effective_from AS "feedFrom", p.sale_price_effective_until AS "feedUntil",
      p.availability AS "feedAvailability", p.condition AS "feedCondition", p.missing_since AS "missingSince"
    FROM products o
    JOIN marketplace_products p ON p.store_id = o.store_id AND p.id = o.marketplace_product_id
    WHERE o.store_id = ${storeId}::uuid
      AND (o.id = ANY(${[...ids]}::bigint[]) OR o.marketplace_product_id = ANY(${[...marketplaceIds]}::bigint[]))
    ORDER BY o.id FOR NO KEY UPDATE OF o`;
  return rows.map(lockedOf);
}

function lockedOf(row: Row): LockedProduct {
  const { id, marketplaceProductId, publishedAt, missingSince, ...own } = row;
  return {
    ...{ id, marketplaceProductId, own, published: publishedAt !== null },
    feed: {
      ...{ price: row.feedPrice, currency: row.feedCurrency, salePrice: row.feedSalePrice, missingSince },
      ...{ salePriceEffectiveFrom: row.feedFrom, salePriceEffectiveUntil: row.feedUntil },
      ...{ availability: row.feedAvailability, condition: row.feedCondition },
    },
  };
}

/** Writes what the store has set of these products, in one statement. */
export async function saveOwn(
  db: Db,
  storeId: string,
  products: readonly { readonly id: bigint; readonly own: OwnRecord }[],
): Promise<void> {
  if (products.length === 0) return;
  const column = <Value>(value: (own: OwnRecord) => Value) => products.map(({ own }) => value(own));
  const amounts = (value: (own: OwnRecord) => OwnValues['price']) =>
    Prisma.sql`${column((own) => value(own)?.toFixed(2) ?? null)}::text[]::numeric[]`;
  const texts = (value: (own: OwnRecord) => string | null) => Prisma.sql`${column(value)}::text[]`;
  await db.$executeRaw`
    UPDATE products o SET
      price = v.price, price_feed_value = v.price_feed_value,
      sale_price = v.sale_price, sale_price_feed_value = v.sale_price_feed_value,
      availability = v.availability, availability_feed_value = v.availability_feed_value,
      condition = v.condition, condition_feed_value = v.condition_feed_value,
      is_featured = v.is_featured, is_active = v.is_active,
      min_quantity = v.min_quantity, max_quantity = v.max_quantity, updated_at = clock_timestamp()
    FROM unnest(
      ${products.map(({ id }) => id)}::bigint[],
      ${amounts((own) => own.price)}, ${amounts((own) => own.priceFeedValue)},
      ${amounts((own) => own.salePrice)}, ${amounts((own) => own.salePriceFeedValue)},
      ${texts((own) => own.availability)}, ${texts((own) => own.availabilityFeedValue)},
      ${texts((own) => own.condition)}, ${texts((own) => own.conditionFeedValue)},
      ${column((own) => own.isFeatured)}::boolean[], ${column((own) => own.isActive)}::boolean[],
      ${column((own) => own.minQuantity)}::int[], ${column((own) => own.maxQuantity)}::int[]
    ) AS v (id, price, price_feed_value, sale_price, sale_price_feed_value, availability, availability_feed_value,
            condition, condition_feed_value, is_featured, is_active, min_quantity, max_quantity)
    WHERE o.store_id = ${storeId}::uuid AND o.id = v.id`;
}
