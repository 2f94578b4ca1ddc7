import type { Store } from '../../generated/prisma/client.ts';
import { FeedRefusal } from '../../product-data/feed-refusal.ts';
import { redactUrl } from '../../shared/redact-url.ts';
import { StoreFeedAddressError } from './store.errors.ts';

/** Throws a FeedRefusal for an address that no import would fetch: the guard of imports, as main.ts sets it up. */
export type CheckFeedAddress = (address: string) => Promise<void>;

declare module '../../graphql/context.ts' {
  interface Services {
    readonly checkFeedAddress: CheckFeedAddress;
  }
}

export const feedFields = ['letzshopCsvUrlFr', 'letzshopCsvUrlEn', 'letzshopCsvUrlDe'] as const;

type FeedUrls = Pick<Store, (typeof feedFields)[number]>;

/**
 * The address that is meant by one that a page shows: secrets in a store's addresses are masked there, and what
 * comes back masked is the address that is stored. Any other address is meant as it is.
 */
export function meantAddress(store: FeedUrls, address: string): string {
  const shown = address.trim();
  return feedFields.map((field) => store[field]).find((url) => url && redactUrl(url) === shown) ?? shown;
}

/**
 * The addresses to store, of those that are given: null and blank text remove one, a new one is checked. Throws
 * StoreFeedAddressError for the first that is refused.
 */
export async function settleFeedUrls(
  store: FeedUrls,
  given: Partial<FeedUrls>,
  check: CheckFeedAddress,
): Promise<Partial<FeedUrls>> {
  const settled = await Promise.all(
    feedFields
      .filter((field) => given[field] !== undefined)
      .map(async (field) => [field, await settle(store, field, given[field] ?? '', check)] as const),
  );
  return Object.fromEntries(settled);
}

async function settle(
  store: FeedUrls,
  field: keyof FeedUrls,
  given: string,
  check: CheckFeedAddress,
): Promise<string | null> {
  if (given.trim() === '') return null;
  const url = meantAddress(store, given);
  if (url === store[field]) return url;
  try {
    await check(url);
  } catch (error) {
    throw error instanceof FeedRefusal ? new StoreFeedAddressError(error, field) : error;
  }
  return url;
}
