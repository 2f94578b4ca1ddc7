import type { Page, PageArgs } from '../../graphql/page.ts';
import type { Db } from '../../platform/database.ts';
import type { LanguageCode } from '../../product-data/language.ts';
import type { ListedStore } from './storefront.conditions.ts';
import { checkFilter, type StorefrontFilter } from './storefront.filter.ts';
import { listShown } from './storefront.list.ts';
import { findShown, type ShownProduct } from './storefront.product.ts';

/**
 * A page of what the store shows, with texts in the asked language or the next there is. Throws InvalidInputError for
 * a filter that nobody could mean, and GraphQL errors for pages and cursors that make no sense.
 */
export async function findShownPage(
  db: Db,
  store: ListedStore,
  filter: StorefrontFilter,
  args: PageArgs,
  language: LanguageCode | null | undefined,
): Promise<Page<ShownProduct>> {
  checkFilter(filter);
  const page = await listShown(db, store, filter, args);
  const ids = page.edges.map(({ node }) => node.id);
  const products = await findShown(db, store, ids, language);
  // Without those that were taken back a moment ago.
  const edges = page.edges.flatMap(({ cursor, node }) => {
    const product = products.get(node.id);
    return product ? [{ cursor, node: product }] : [];
  });
  return { ...page, edges };
}
