import type { Page, PageArgs } from '../../graphql/page.ts';
import type { Db } from '../../platform/database.ts';
import type { LanguageCode } from '../../product-data/language.ts';
import { inPlace } from '../product/product.lock.ts';
import type { ListedStore } from './storefront.conditions.ts';
import { checkFilter, type StorefrontFilter } from './storefront.filter.ts';
import { listShown } from './storefront.list.ts';
import { findShown, type ShownProduct } from './storefront.product.ts';

/**
 * Of searches, and of other lists, this process reads so many at once: anybody may ask for them, and all that is asked
 * shares ten connections.
 */
const mostAtOnce = 3;

/**
 * A page of what the store shows, with texts in the asked language or the next there is. Throws InvalidInputError for
 * a filter that nobody could mean, GraphQL errors for pages and cursors that make no sense, and TOO_BUSY.
 */
export async function findShownPage(
  db: Db,
  store: ListedStore,
  filter: StorefrontFilter,
  args: PageArgs,
  language: LanguageCode | null | undefined,
): Promise<Page<ShownProduct>> {
  checkFilter(filter);
  const line = (filter.search ?? '') === '' ? 'storefront lists' : 'storefront searches';
  const read = <T>(work: () => Promise<T>) => inPlace(line, work, { places: mostAtOnce });
  const { page, products } = await read(async () => {
    const found = await listShown(db, store, filter, args);
    const ids = found.edges.map(({ node }) => node.id);
    return { page: found, products: await findShown(db, store, ids, language) };
  });
  // Without those that were taken back a moment ago.
  const edges = page.edges.flatMap(({ cursor, node }) => {
    const product = products.get(node.id);
    return product ? [{ cursor, node: product }] : [];
  });
  return { ...page, edges, total: () => read(page.total) };
}
