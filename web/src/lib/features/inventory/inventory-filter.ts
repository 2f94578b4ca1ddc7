import { availabilities, type Availability } from '#lib/features/marketplace-product/attribute-value.ts';
import {
  addressOf,
  readPage,
  setPage,
  type Paged,
  type Query,
} from '#lib/features/marketplace-product/product-filter.ts';

/** Which products the inventory lists. It lives in the address, so a link opens the list as it was. */
export interface InventoryFilter extends Paged {
  readonly search: string;
  /** As it is in effect. */
  readonly availability: readonly Availability[];
  /** Those that are gone from the feed alone. */
  readonly missing: boolean;
  /** Those with an own value alone. */
  readonly own: boolean;
}

/** Texts of an address are anybody's: what means nothing is left out. */
export function readInventoryFilter(query: Query): InventoryFilter {
  return {
    search: query.get('q') ?? '',
    availability: availabilities.filter((one) => query.getAll('availability').includes(one)),
    missing: query.get('missing') === '1',
    own: query.get('own') === '1',
    ...readPage(query),
  };
}

/** The query of an address, with its question mark; empty for a list without filters. */
export function writeInventoryFilter(filter: InventoryFilter): string {
  const query = new URLSearchParams();
  if (filter.search.trim() !== '') query.set('q', filter.search.trim());
  for (const one of filter.availability) query.append('availability', one);
  if (filter.missing) query.set('missing', '1');
  if (filter.own) query.set('own', '1');
  setPage(query, filter);
  return addressOf(query);
}

/** True when anything is left out of the list. */
export const isInventoryFiltered = ({ search, availability, missing, own }: InventoryFilter): boolean =>
  search.trim() !== '' || availability.length > 0 || missing || own;
