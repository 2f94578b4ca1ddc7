import type { FeedLanguage } from '#lib/features/import/feed-words.ts';
import { availabilities, type Availability } from './attribute-value.ts';

export type ProductView = 'table' | 'cards';

/** What the list of imported products shows. It lives in the address, so a link opens the list as it was. */
export interface ProductFilter {
  readonly search: string;
  readonly brands: readonly string[];
  readonly availability: readonly Availability[];
  readonly language: FeedLanguage | null;
  readonly view: ProductView;
  /** Where the page begins or ends; null for the first one. */
  readonly place: { readonly after: string } | { readonly before: string } | null;
  /** Which page that is, from 1: only said, never asked for. */
  readonly page: number;
}

const languages: readonly FeedLanguage[] = ['EN', 'FR', 'DE'];

/** Texts of an address are anybody's: what means nothing is left out. */
export function readProductFilter(query: Pick<URLSearchParams, 'get' | 'getAll'>): ProductFilter {
  const after = query.get('after');
  const before = query.get('before');
  const page = Number(query.get('page'));
  return {
    search: query.get('q') ?? '',
    brands: [...new Set(query.getAll('brand').filter((brand) => brand !== ''))].slice(0, 20),
    availability: availabilities.filter((one) => query.getAll('availability').includes(one)),
    language: languages.find((one) => one === query.get('language')) ?? null,
    view: query.get('view') === 'cards' ? 'cards' : 'table',
    place: after ? { after } : before ? { before } : null,
    page: (after || before) && Number.isSafeInteger(page) && page > 1 ? page : 1,
  };
}

/** The query of an address, with its question mark; empty for a list without filters. */
export function writeProductFilter(filter: ProductFilter): string {
  const query = new URLSearchParams();
  if (filter.search.trim() !== '') query.set('q', filter.search.trim());
  for (const brand of filter.brands) query.append('brand', brand);
  for (const one of filter.availability) query.append('availability', one);
  if (filter.language) query.set('language', filter.language);
  if (filter.view !== 'table') query.set('view', filter.view);
  for (const [name, cursor] of Object.entries(filter.place ?? {})) query.set(name, cursor);
  if (filter.place && filter.page > 1) query.set('page', String(filter.page));
  return query.size === 0 ? '' : `?${query}`;
}

/** The same list with another choice: from its first page on. */
export const changeFilter = (filter: ProductFilter, change: Partial<ProductFilter>): ProductFilter => ({
  ...filter,
  place: null,
  page: 1,
  ...change,
});

/** True when anything is left out of the list. */
export const isFiltered = ({ search, brands, availability, language }: ProductFilter): boolean =>
  search.trim() !== '' || brands.length > 0 || availability.length > 0 || language !== null;
