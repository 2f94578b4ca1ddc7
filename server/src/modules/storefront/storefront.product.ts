import type { Prisma } from '../../generated/prisma/client.ts';
import { storable } from '../../graphql/search.ts';
import type { Db } from '../../platform/database.ts';
import type { LanguageCode } from '../../product-data/language.ts';
import { inOrder } from '../../shared/by-id.ts';
import { languageFallback } from '../marketplace-product/marketplace-product.texts.ts';
import { effectiveSql } from '../product/product.effective.ts';
import { shownProducts, type ListedStore } from './storefront.conditions.ts';

/** A product as shoppers see it, but for its long texts. */
export interface ShownProduct {
  readonly id: bigint;
  readonly storeId: string;
  readonly currency: string;
  /** The key of what the feeds say of it. */
  readonly feedId: bigint;
  readonly number: string;
  /** Which language's texts these are; null when there are none. */
  readonly language: LanguageCode | null;
  readonly title: string | null;
  readonly link: string | null;
  readonly color: string | null;
  readonly size: string | null;
  readonly material: string | null;
  readonly pattern: string | null;
  readonly brand: string | null;
  readonly gtin: string | null;
  readonly mpn: string | null;
  readonly itemGroupId: string | null;
  readonly imageLink: string | null;
  readonly additionalImageLink: unknown;
  readonly price: Prisma.Decimal;
  readonly salePrice: Prisma.Decimal | null;
  readonly availability: string | null;
  readonly condition: string;
  readonly isFeatured: boolean;
  readonly minQuantity: number;
  readonly maxQuantity: number | null;
}

type Language = LanguageCode | null | undefined;

/** More than a store imports from. */
const mostMarketplaces = 10;

/**
 * Those of these products that are shown now, in any order, with texts in the asked language or the next there is.
 * OFFSET 0 keeps each a look-up by key, however little the planner knows.
 */
export async function findShown(
  db: Db,
  store: ListedStore,
  ids: readonly bigint[],
  language: Language,
): Promise<ShownProduct[]> {
  const { price, salePrice, availability, condition, offered } = effectiveSql(store);
  const languages = [...(language ? [language] : []), ...languageFallback];
  const rows = await db.$queryRaw<Omit<ShownProduct, 'storeId' | 'currency'>[]>`
    SELECT o.id, p.id AS "feedId", p.marketplace_product_id AS number,
      t.language::text AS language, t.title, t.link, t.color, t.size, t.material, t.pattern,
      p.brand, p.gtin, p.mpn, p.item_group_id AS "itemGroupId",
      p.image_link AS "imageLink", p.additional_image_link AS "additionalImageLink",
      ${price} AS price, ${salePrice} AS "salePrice", ${availability} AS availability, ${condition} AS condition,
      o.is_featured AS "isFeatured", o.min_quantity AS "minQuantity", o.max_quantity AS "maxQuantity"
    FROM products o
    CROSS JOIN LATERAL (
      SELECT * FROM marketplace_products p
      WHERE p.id = o.marketplace_product_id AND p.store_id = o.store_id OFFSET 0) p
    LEFT JOIN LATERAL (
      SELECT t.language, t.title, t.link, t.color, t.size, t.material, t.pattern
      FROM marketplace_product_translations t WHERE t.product_id = p.id AND t.store_id = p.store_id
      ORDER BY array_position(${languages}::text[], t.language::text) LIMIT 1) t ON true
    WHERE ${shownProducts(store.id)} AND o.id = ANY(${[...ids]}::bigint[])
      AND ${price} IS NOT NULL AND ${offered}`;
  return rows.map((row) => ({ ...row, storeId: store.id, currency: store.currency }));
}

/** The product of that id, when the store shows it now. */
export async function findShownById(
  db: Db,
  store: ListedStore,
  id: bigint,
  language: Language,
): Promise<ShownProduct | null> {
  return (await findShown(db, store, [id], language))[0] ?? null;
}

/** The product of that number, when the store shows it now; of those of several marketplaces the first. */
export async function findShownByNumber(
  db: Db,
  store: ListedStore,
  number: string,
  language: Language,
): Promise<ShownProduct | null> {
  const found = await db.$queryRaw<{ id: bigint }[]>`
    SELECT o.id FROM marketplace_products p
    CROSS JOIN LATERAL (
      SELECT o.id FROM products o
      WHERE ${shownProducts(store.id)} AND o.marketplace_product_id = p.id OFFSET 0) o
    WHERE p.store_id = ${store.id}::uuid AND p.marketplace_product_id = ${storable(number)}
    ORDER BY p.marketplace LIMIT ${mostMarketplaces}`;
  const shown = await inOrder(
    found.map(({ id }) => id),
    (ids) => findShown(db, store, ids, language),
  );
  return shown[0] ?? null;
}
