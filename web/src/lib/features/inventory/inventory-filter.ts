import { availabilities, type Availability } from '#lib/features/marketplace-product/attribute-value.ts';

/** Which products the inventory lists. It lives in the address, so a link opens the list as it was. */
export interface InventoryFilter {
  readonly search: string;
  /** As it is in effect. */
  readonly availability: readonly Availability[];
  /** Those that are gone from the feed alone. */
  readonly missing: boolean;
  /** Those with an own value alone. */
  readonly own: boolean;
  /** Where the page begins or ends; null for the first one. */
  readonly place: { readonly after: string } | { readonly before: string } | null;
  /** Which page that is, from 1: only said, never asked for. */
  readonly page: number;
}

/** Texts of an address are anybody's: what means nothing is left out. */
export function readInventoryFilter(query: Pick<URLSearchParams, 'get' | 'getAll'>): InventoryFilter {
  const after = query.get('after');
  const before = query.get('before');
  const page = Number(query.get('page'));
  return {
    search: query.get('q') ?? '',
    availability: availabilities.filter((one) => query.getAll('availability').includes(one)),
    missing: query.get('missing') === '1',
    own: query.get('own') === '1',
    place: after ? { after } : before ? { before } : null,
    page: (after || before) && Number.isSafeInteger(page) && page > 1 ? page : 1,
  };
}

/** The query of an address, with its question mark; empty for a list without filters. */
export function writeInventoryFilter(filter: InventoryFilter): string {
  const query = new URLSearchParams();
  if (filter.search.trim() !== '') query.set('q', filter.search.trim());
  for (const one of filter.availability) query.append('availability', one);
  if (filter.missing) query.set('missing', '1');
  if (filter.own) query.set('own', '1');
  for (const [name, cursor] of Object.entries(filter.place ?? {})) query.set(name, cursor);
  if (filter.place && filter.page > 1) query.set('page', String(filter.page));
  return query.size === 0 ? '' : `?${query}`;
}

/** The same list with another choice: from its first page on. */
export const changeInventoryFilter = (
  filter: InventoryFilter,
  change: Partial<InventoryFilter>,
): InventoryFilter => ({ ...filter, place: null, page: 1, ...change });

/** True when anything is left out of the list. */
export const isInventoryFiltered = ({ search, availability, missing, own }: InventoryFilter): boolean =>
  search.trim() !== '' || availability.length > 0 || missing || own;
