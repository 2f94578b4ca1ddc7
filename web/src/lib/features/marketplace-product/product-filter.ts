import type { FeedLanguage } from '#lib/features/import/feed-words.ts';
import { keptByBrowser } from '#lib/ui/browser-memory.ts';
import { availabilities, type Availability } from './attribute-value.ts';

export type ProductView = 'table' | 'cards';

/** So many brands fit into an address; a filter takes no more. */
export const mostBrands = 20;

/** A list that is read page by page. */
export interface Paged {
  /** Where the page begins or ends; null for the first one. */
  readonly place: { readonly after: string } | { readonly before: string } | null;
  /** Which page that is, from 1: only said, never asked for. */
  readonly page: number;
}

/** What the list of imported products shows. It lives in the address, so a link opens the list as it was. */
export interface ProductFilter extends Paged {
  readonly search: string;
  readonly brands: readonly string[];
  readonly availability: readonly Availability[];
  readonly language: FeedLanguage | null;
  /** True for those in the shop alone, false for the others; null for all. */
  readonly published: boolean | null;
  readonly view: ProductView;
}

const languages: readonly FeedLanguage[] = ['EN', 'FR', 'DE'];

export type Query = Pick<URLSearchParams, 'get' | 'getAll'>;

/** A choice of three, in an address: `1`, `0`, or not at all. */
const readChoice = (text: string | null) => (text === '1' ? true : text === '0' ? false : null);
const views: readonly ProductView[] = ['table', 'cards'];

/** Texts of an address are anybody's: what means nothing is left out. `usual`: the view of one that names none. */
export function readProductFilter(query: Query, usual: ProductView = 'table'): ProductFilter {
  return {
    search: query.get('q') ?? '',
    brands: [...new Set(query.getAll('brand').filter((brand) => brand !== ''))].slice(0, mostBrands),
    availability: availabilities.filter((one) => query.getAll('availability').includes(one)),
    language: languages.find((one) => one === query.get('language')) ?? null,
    published: readChoice(query.get('published')),
    view: views.find((one) => one === query.get('view')) ?? usual,
    ...readPage(query),
  };
}

export function readPage(query: Query): Paged {
  const after = query.get('after');
  const before = query.get('before');
  const page = Number(query.get('page'));
  return {
    place: after ? { after } : before ? { before } : null,
    page: (after || before) && Number.isSafeInteger(page) && page > 1 ? page : 1,
  };
}

/** The query of an address, with its question mark; empty for a list without filters. */
export const writeProductFilter = (filter: ProductFilter, usual?: ProductView): string =>
  addressOf(queryOfFilter(filter, usual));

export const addressOf = (query: URLSearchParams): string => (query.size === 0 ? '' : `?${query}`);

export function queryOfFilter(filter: ProductFilter, usual: ProductView = 'table'): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.search.trim() !== '') query.set('q', filter.search.trim());
  for (const brand of filter.brands) query.append('brand', brand);
  for (const one of filter.availability) query.append('availability', one);
  if (filter.language) query.set('language', filter.language);
  if (filter.published !== null) query.set('published', filter.published ? '1' : '0');
  if (filter.view !== usual) query.set('view', filter.view);
  setPage(query, filter);
  return query;
}

export function setPage(query: URLSearchParams, { place, page }: Paged): void {
  for (const [name, cursor] of Object.entries(place ?? {})) query.set(name, cursor);
  if (place && page > 1) query.set('page', String(page));
}

/** The page of the list that the filter means, as arguments of a connection. */
export const pageOfFilter = ({ place }: Paged, size: number) =>
  place && 'before' in place ? { last: size, before: place.before } : { first: size, ...place };

/** The same list with another choice: from its first page on. */
export const changeFilter = <Filter extends Paged>(
  filter: Filter,
  change: Partial<ProductFilter> | Partial<Filter>,
): Filter => ({ ...filter, place: null, page: 1, ...change });

/** True when anything is left out of the list. */
export const isFiltered = (filter: ProductFilter): boolean =>
  filter.search.trim() !== '' ||
  filter.brands.length > 0 ||
  filter.availability.length > 0 ||
  filter.language !== null ||
  filter.published !== null;

/** What lets everything through. */
export const noFilter = {
  search: '',
  brands: [],
  availability: [],
  language: null,
  published: null,
} as const;

const viewMemory = 'products-view';

/** How this browser showed products last. */
export const rememberedView = (): ProductView =>
  views.find((one) => one === keptByBrowser.read(viewMemory)) ?? 'table';
export const rememberView = (view: ProductView): void => keptByBrowser.write(viewMemory, view);
