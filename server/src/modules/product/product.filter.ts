import { Prisma } from '../../generated/prisma/client.ts';
import type { Availability } from '../../product-data/availability.ts';
import type { LanguageCode } from '../../product-data/language.ts';
import { conditionsOf, type ProductConditions } from '../marketplace-product/marketplace-product.filter.ts';
import { effectiveSql, type CatalogueStore } from './product.effective.ts';

/** Which products of a store's catalogue are meant: those for which everything holds that is not null. */
export interface CatalogueFilter {
  /** As in the list of marketplace products. */
  readonly search?: string | null;
  readonly brand?: readonly string[] | null;
  readonly language?: LanguageCode | null;
  readonly published?: boolean | null;
  /** Of an override the feed has moved. */
  readonly drifted?: boolean | null;
  readonly overridden?: boolean | null;
  /** Gone from the feed. */
  readonly missing?: boolean | null;
  readonly featured?: boolean | null;
  /** Effective. */
  readonly availability?: readonly Availability[] | null;
}

/** A filter in SQL, over products `o` and marketplace_products `p`. */
export interface CatalogueConditions {
  /** All of it as a condition on one product after the other. */
  readonly ofEach: Prisma.Sql;
  /** What finds the fewest of them, it seems; the rest is then looked at of each. */
  readonly source: Source;
}

export type Source =
  /** A condition on the columns of `o` that a partial index has. */
  | { readonly of: 'products'; readonly condition: Prisma.Sql }
  /** Selects ids of marketplace products: `inTurn` when the first come before all have been found. */
  | { readonly of: 'marketplaceIds'; readonly ids: Prisma.Sql; readonly inTurn: boolean }
  | { readonly of: 'everything' };

interface FilteredStore extends CatalogueStore {
  readonly id: string;
}

/** Null when every product is meant. */
export function catalogueConditions(
  store: FilteredStore,
  filter: CatalogueFilter,
): CatalogueConditions | null {
  const { search, brand, language } = filter;
  const ofFeed = conditionsOf(store.id, { search, brand, language });
  const conditions = [...ownConditions(store, filter), ...(ofFeed ? [ofFeed.ofEach] : [])];
  if (conditions.length === 0) return null;
  return { ofEach: Prisma.join(conditions, ' AND '), source: sourceOf(store, filter, ofFeed) };
}

/** The condition, or its contrary; nothing when it is not asked for. */
const either = (wanted: boolean | null | undefined, condition: Prisma.Sql) =>
  typeof wanted === 'boolean' ? [wanted ? condition : Prisma.sql`NOT (${condition})`] : [];

const isPublished = Prisma.sql`o.published_at IS NOT NULL`;
const isUnpublished = Prisma.sql`o.published_at IS NULL`;
const isFeatured = Prisma.sql`o.is_featured`;
const isMissing = Prisma.sql`p.missing_since IS NOT NULL`;

function ownConditions(store: CatalogueStore, filter: CatalogueFilter): Prisma.Sql[] {
  const { published, drifted, overridden, missing, featured, availability } = filter;
  const sql = effectiveSql(store);
  return [
    ...either(published, isPublished),
    ...either(drifted, sql.drifted),
    ...either(overridden, sql.overridden),
    ...either(missing, isMissing),
    ...either(featured, isFeatured),
    ...(availability?.length ? [Prisma.sql`${sql.availability} = ANY(${[...availability]}::text[])`] : []),
  ];
}

/** Exceptions first: of them there are few, whatever the size of the store. */
function sourceOf(store: FilteredStore, filter: CatalogueFilter, ofFeed: ProductConditions | null): Source {
  const { ids: textIds = null, ofColumns = null } = ofFeed ?? {};
  const { overridden } = effectiveSql(store);
  const products = (condition: Prisma.Sql): Source => ({ of: 'products', condition });
  const ids = (found: Prisma.Sql, inTurn: boolean): Source => ({ of: 'marketplaceIds', ids: found, inTurn });
  if (filter.drifted || filter.overridden) return products(overridden);
  if (filter.featured) return products(isFeatured);
  if (filter.missing) return ids(marketplaceIds(store.id, isMissing), true);
  if (textIds && filter.search) return ids(textIds, false);
  // Of the columns, only the brand is asked.
  if (ofColumns) return ids(marketplaceIds(store.id, ofColumns), true);
  if (filter.published === false) return products(isUnpublished);
  if (filter.availability?.length) return ids(availabilityIds(store, filter.availability), false);
  if (textIds) return ids(textIds, false);
  return filter.published ? products(isPublished) : { of: 'everything' };
}

const marketplaceIds = (storeId: string, condition: Prisma.Sql) => Prisma.sql`
  SELECT p.id FROM marketplace_products p WHERE p.store_id = ${storeId}::uuid AND ${condition}`;

/**
 * Ids of all marketplace products that may have one of these in effect: as the feed says, as the store has set, or as
 * they are gone.
 */
export function availabilityIds(store: FilteredStore, wanted: readonly Availability[]): Prisma.Sql {
  const isWanted = Prisma.sql`= ANY(${[...wanted]}::text[])`;
  const said = marketplaceIds(store.id, Prisma.sql`p.availability ${isWanted}`);
  const set = Prisma.sql`
    SELECT o.marketplace_product_id FROM products o
    WHERE o.store_id = ${store.id}::uuid AND ${effectiveSql(store).overridden} AND o.availability ${isWanted}`;
  const goneAreWanted = store.goneFromFeed === 'OUT_OF_STOCK' && wanted.includes('out_of_stock');
  const gone = goneAreWanted ? Prisma.sql`UNION ${marketplaceIds(store.id, isMissing)}` : Prisma.empty;
  return Prisma.sql`${said} UNION ${set} ${gone}`;
}
