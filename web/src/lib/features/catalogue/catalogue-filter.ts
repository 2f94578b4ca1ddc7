import {
  addressOf,
  isFiltered,
  queryOfFilter,
  readProductFilter,
  type ProductFilter,
  type ProductView,
  type Query,
} from '#lib/features/marketplace-product/product-filter.ts';
import type { ProductFilter as ProductFilterInput, ProductSort } from '#lib/graphql/generated/graphql.ts';

/** What the list of a shop's products shows; it lives in the address, as that of the imported ones does. */
export interface CatalogueFilter extends ProductFilter {
  /** With an own value of which the feed has moved. */
  readonly drifted: boolean;
  /** With an own value. */
  readonly own: boolean;
  /** Gone from the feed. */
  readonly missing: boolean;
  readonly featured: boolean;
  readonly sort: ProductSort;
}

/** Filters that are on or off, by their name in the address. */
export const flags = ['drifted', 'missing', 'own', 'featured'] as const;
export type Flag = (typeof flags)[number];

export function readCatalogueFilter(query: Query, usual?: ProductView): CatalogueFilter {
  const on = (flag: Flag) => query.get(flag) === '1';
  return {
    ...readProductFilter(query, usual),
    ...{ drifted: on('drifted'), own: on('own'), missing: on('missing'), featured: on('featured') },
    sort: query.get('sort') === 'newest' ? 'NEWEST' : 'DISPLAY_ORDER',
  };
}

export function writeCatalogueFilter(filter: CatalogueFilter, usual?: ProductView): string {
  const query = queryOfFilter(filter, usual);
  for (const flag of flags) if (filter[flag]) query.set(flag, '1');
  if (filter.sort === 'NEWEST') query.set('sort', 'newest');
  return addressOf(query);
}

/** True when anything is left out of the list. */
export const isCatalogueFiltered = (filter: CatalogueFilter): boolean =>
  isFiltered(filter) || flags.some((flag) => filter[flag]);

/** True when the list is of all products with own values of which the feed has moved: what settles all of them fits. */
export const isDriftedAlone = (filter: CatalogueFilter): boolean =>
  filter.drifted && !isCatalogueFiltered({ ...filter, drifted: false });

export const noFlags = { drifted: false, own: false, missing: false, featured: false } as const;

/** The filter as the API takes it. */
export function catalogueInput(storeCode: string, filter: CatalogueFilter): ProductFilterInput {
  return {
    storeCode,
    search: filter.search || null,
    brand: filter.brands,
    availability: filter.availability,
    language: filter.language,
    published: filter.published,
    drifted: filter.drifted || null,
    overridden: filter.own || null,
    missing: filter.missing || null,
    featured: filter.featured || null,
  };
}
