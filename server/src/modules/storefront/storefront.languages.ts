import type { Db } from '../../platform/database.ts';
import type { LanguageCode } from '../../product-data/language.ts';
import { languageFallback } from '../marketplace-product/marketplace-product.texts.ts';
import { shownProducts } from './storefront.conditions.ts';
import { shownOrder } from './storefront.list.ts';

/** Feeds bring whole languages: so many products show all of them. */
const looked = 1_000;

/** The languages in which the first products that the store shows have texts, English first, then French, German. */
export async function findLanguages(db: Db, storeId: string): Promise<LanguageCode[]> {
  const rows = await db.$queryRaw<{ language: LanguageCode }[]>`
    SELECT DISTINCT t.language::text AS language FROM (
      SELECT o.store_id, o.marketplace_product_id FROM products o WHERE ${shownProducts(storeId)}
      ORDER BY ${shownOrder} LIMIT ${looked}) o
    CROSS JOIN LATERAL (
      SELECT t.language FROM marketplace_product_translations t
      WHERE t.product_id = o.marketplace_product_id AND t.store_id = o.store_id OFFSET 0) t`;
  const found = new Set(rows.map(({ language }) => language));
  return languageFallback.filter((language) => found.has(language));
}
