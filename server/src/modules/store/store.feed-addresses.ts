import type { Language, Store } from '../../generated/prisma/client.ts';
import { FeedRefusal } from '../../product-data/feed-refusal.ts';
import { redactUrl } from '../../shared/redact-url.ts';
import { StoreFeedAddressError } from './store.errors.ts';

/** Throws a FeedRefusal for an address that no import would fetch: the guard of imports, as api.ts sets it up. */
export type CheckFeedAddress = (address: string) => Promise<void>;

declare module '../../graphql/context.ts' {
  interface Services {
    readonly checkFeedAddress: CheckFeedAddress;
  }
}

const fieldOf = { FR: 'letzshopCsvUrlFr', EN: 'letzshopCsvUrlEn', DE: 'letzshopCsvUrlDe' } as const;

type FeedField = (typeof fieldOf)[Language];
export const feedFields: readonly FeedField[] = Object.values(fieldOf);

type FeedUrls = Pick<Store, FeedField>;

/**
 * The address that is meant by one that a page shows for a language: secrets in a store's addresses are masked there,
 * and what comes back masked is the address that is stored; of several that look alike, the one of the language. Any
 * other address is meant as it is.
 */
export const meantAddress = (store: FeedUrls, language: Language, address: string): string =>
  meantIn(store, fieldOf[language], address);

function meantIn(store: FeedUrls, field: FeedField, address: string): string {
  const shown = address.trim();
  const stored = [field, ...feedFields].map((each) => store[each]);
  return stored.find((url) => url && redactUrl(url) === shown) ?? shown;
}

/**
 * The addresses to store, of those that are given: null and blank text remove one, a new one is checked. One that
 * stays is not among them: somebody else may have stored another since the store was read. Throws
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
  return Object.fromEntries(settled.filter(([, url]) => url !== undefined));
}

/** Undefined for the address that the store has. */
async function settle(
  store: FeedUrls,
  field: FeedField,
  given: string,
  check: CheckFeedAddress,
): Promise<string | null | undefined> {
  if (given.trim() === '') return null;
  const url = meantIn(store, field, given);
  if (url === store[field]) return undefined;
  try {
    await check(url);
  } catch (error) {
    throw error instanceof FeedRefusal ? new StoreFeedAddressError(error, field) : error;
  }
  return url;
}
