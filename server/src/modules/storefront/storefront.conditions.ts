import { Prisma } from '../../generated/prisma/client.ts';
import { storable } from '../../graphql/search.ts';
import {
  titleInIndex,
  titleMatches,
  type ProductSearch,
} from '../marketplace-product/marketplace-product.search.ts';
import { effectiveSql, type CatalogueStore } from '../product/product.effective.ts';
import { availabilityIds } from '../product/product.filter.ts';
import type { StorefrontFilter } from './storefront.filter.ts';

/** What of a store its lists need. */
export interface ListedStore extends CatalogueStore {
  readonly id: string;
}

/** A filter in SQL, over rows `o` of products and `p` of marketplace_products. */
export interface StorefrontConditions {
  /** On `o` alone, word for word the index that has the order of the list. */
  readonly shown: Prisma.Sql;
  /** What is asked of the values as they are now: first of all a price, and an offer that is current. */
  readonly ofValues: Prisma.Sql;
  /** What is searched, on `p`; null when nothing is. */
  readonly ofTexts: Prisma.Sql | null;
  /**
   * Selects the ids of marketplace products among which all are for which the rest holds, by an index of their own;
   * null where only the order of the list has one.
   */
  readonly ids: { readonly texts: Prisma.Sql | null; readonly values: Prisma.Sql | null };
}

export function storefrontConditions(
  store: ListedStore,
  { brand, availability, featured }: StorefrontFilter,
  search: ProductSearch | null,
): StorefrontConditions {
  const { price, availability: current, offered } = effectiveSql(store);
  const brands = brand?.length ? brand.map(storable) : null;
  const wanted = availability?.length ? [...availability] : null;
  const values = [Prisma.sql`${price} IS NOT NULL`, offered];
  if (brands) values.push(Prisma.sql`p.brand = ANY(${brands}::text[])`);
  if (wanted) values.push(Prisma.sql`${current} = ANY(${wanted}::text[])`);
  return {
    shown: shownProducts(store.id, featured),
    ofValues: Prisma.join(values, ' AND '),
    ofTexts: search && searchOfEach(search),
    ids: {
      texts: search && searchIds(store.id, search),
      values: brands ? brandIds(store.id, brands) : wanted && availabilityIds(store, wanted),
    },
  };
}

/** Published, and not switched off. */
export function shownProducts(storeId: string, featured?: boolean | null): Prisma.Sql {
  const shown = Prisma.sql`o.store_id = ${storeId}::uuid AND o.published_at IS NOT NULL AND o.is_active`;
  if (typeof featured !== 'boolean') return shown;
  // Not as a parameter: it is the condition of an index.
  return Prisma.sql`${shown} AND ${Prisma.raw(featured ? 'o.is_featured' : 'NOT o.is_featured')}`;
}

// OFFSET 0 keeps it a look-up by key for each product.
const searchOfEach = (search: ProductSearch) => Prisma.sql`(
  p.gtin = ANY(${[...search.gtins]}::text[]) OR EXISTS (
    SELECT FROM marketplace_product_translations t
    WHERE t.product_id = p.id AND t.store_id = p.store_id AND ${titleMatches(search, Prisma.raw('t.title'))}
    OFFSET 0))`;

const searchIds = (storeId: string, search: ProductSearch) => Prisma.sql`
  SELECT t.product_id FROM marketplace_product_translations t
  WHERE t.store_id = ${storeId}::uuid AND ${titleInIndex(search, Prisma.raw('t.title'))}
  UNION
  SELECT g.id FROM marketplace_products g
  WHERE g.store_id = ${storeId}::uuid AND g.gtin = ANY(${[...search.gtins]}::text[])`;

const brandIds = (storeId: string, brands: readonly string[]) => Prisma.sql`
  SELECT b.id FROM marketplace_products b
  WHERE b.store_id = ${storeId}::uuid AND b.brand = ANY(${[...brands]}::text[])`;
