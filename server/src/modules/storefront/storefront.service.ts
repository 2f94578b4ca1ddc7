import { inPlace } from '../../graphql/in-place.ts';
import { withRecords, type Page, type PageArgs } from '../../graphql/page.ts';
import type { Db } from '../../platform/database.ts';
import type { LanguageCode } from '../../product-data/language.ts';
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
  // What was taken back a moment ago is left out.
  const page = await read(async () =>
    withRecords(await listShown(db, store, filter, args), (ids) => findShown(db, store, ids, language)),
  );
  return { ...page, total: () => read(page.total) };
}
