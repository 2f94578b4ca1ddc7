import type { GoneFromFeed, Prisma, Store } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import { isTaken } from '../../shared/is-taken.ts';
import { MerchantNotFoundError } from '../merchant/merchant.errors.ts';
import { countOwnPrices } from '../product/product.counts.ts';
import { lockCatalogue } from '../product/product.lock.ts';
import { restoreWithdrawn, withdrawMissing } from '../product/product.withdrawal.ts';
import type { AccessNews } from '../user/access-news.ts';
import { StoreCodeTakenError, StoreOwnPricesError } from './store.errors.ts';
import { settleFeedUrls, type CheckFeedAddress } from './store.feed-addresses.ts';
import { changeLocked } from './store.lock.ts';
import { normaliseTimeZone } from './store.time-zone.ts';
import { normaliseCurrency, normaliseStoreCode } from './store.values.ts';

export interface NewStore {
  readonly merchantId: string;
  readonly code: string;
  readonly name: string;
  readonly currency?: string | null;
  readonly timeZone?: string | null;
}

/**
 * A store of the merchant, switched on. Throws MerchantNotFoundError, StoreCodeTakenError and errors of values that
 * cannot be used.
 */
export async function createStore(db: Db, news: AccessNews, input: NewStore): Promise<Store> {
  const code = normaliseStoreCode(input.code);
  const currency = normaliseCurrency(input.currency ?? 'EUR');
  const timeZone = await normaliseTimeZone(db, input.timeZone ?? 'Europe/Luxembourg');
  const { merchantId, name } = input;
  const store = await db
    .$transaction(async (transaction) => {
      // Admins may make stores of all merchants there are, and name one that is not.
      if (!(await transaction.merchant.findUnique({ where: { id: merchantId } })))
        throw new MerchantNotFoundError('merchantId');
      return transaction.store.create({
        data: { merchantId, code, name: name.trim(), currency, timeZone },
        include: { merchant: true },
      });
    })
    .catch((error: unknown) => {
      throw isTaken(error) ? new StoreCodeTakenError(code) : error;
    });
  news.announce([store.merchant.ownerId]);
  return store;
}

export interface StoreChange {
  readonly name?: string | null;
  readonly active?: boolean | null;
  readonly currency?: string | null;
  readonly timeZone?: string | null;
}

/**
 * The store with what is given changed; null and undefined leave a value as it is. Throws StoreOwnPricesError for
 * another currency than that of own prices, and errors of values that cannot be used.
 */
export async function updateStore(db: Db, storeId: string, change: StoreChange): Promise<Store> {
  const { name, active, currency, timeZone } = change;
  return save(db, storeId, {
    ...given({ name: name?.trim(), active }),
    ...given({ currency: currency ? normaliseCurrency(currency) : null }),
    ...given({ timeZone: timeZone ? await normaliseTimeZone(db, timeZone) : null }),
  });
}

export interface StoreSettings {
  readonly name?: string | null;
  /** Null or blank removes the address, undefined leaves it. */
  readonly letzshopCsvUrlFr?: string | null;
  readonly letzshopCsvUrlEn?: string | null;
  readonly letzshopCsvUrlDe?: string | null;
  readonly autoPublish?: boolean | null;
  readonly goneFromFeed?: GoneFromFeed | null;
  readonly shrinkLimitPercent?: number | null;
}

/** The store with what is given changed. Throws StoreFeedAddressError for an address that no import would fetch. */
export async function updateStoreSettings(
  db: Db,
  checkFeedAddress: CheckFeedAddress,
  store: Store,
  { name, autoPublish, goneFromFeed, shrinkLimitPercent, ...addresses }: StoreSettings,
): Promise<Store> {
  // Before the transaction: a name server may be slow.
  const urls = await settleFeedUrls(store, addresses, checkFeedAddress);
  const plain = given({ name: name?.trim(), autoPublish, goneFromFeed, shrinkLimitPercent });
  return save(db, store.id, { ...plain, ...urls });
}

/** Products carry the store's name: that they have to get the new one is noted in the same transaction. */
function save(db: Db, storeId: string, data: Prisma.StoreUpdateInput): Promise<Store> {
  return changeLocked(
    db,
    storeId,
    async (transaction, before) => {
      const renamed = data.name !== undefined && data.name !== before.name;
      if (data.currency !== undefined && data.currency !== before.currency)
        await forbidOwnPrices(transaction, before);
      const publishes = data.autoPublish === true && !before.autoPublish;
      const store = await transaction.store.update({
        where: { id: storeId },
        data: {
          ...data,
          ...(renamed ? { renamedAt: new Date() } : {}),
          ...(publishes ? { autoPublishSince: new Date() } : {}),
        },
      });
      if (store.goneFromFeed !== before.goneFromFeed) await followGoneFromFeed(transaction, store);
      return store;
    },
    { timeout: longestMs },
  );
}

/** A change of mind about half a million missing products takes so long; any other change takes a moment. */
const longestMs = 60_000;

async function forbidOwnPrices(db: Db, { id, currency }: Store): Promise<void> {
  await lockCatalogue(db, id);
  const count = await countOwnPrices(db, id);
  if (count > 0) throw new StoreOwnPricesError(count, currency);
}

/** What is missing already is treated as what goes missing from now on. */
async function followGoneFromFeed(db: Db, store: Store): Promise<void> {
  await withdrawMissing(db, store, null);
  await restoreWithdrawn(db, store);
}

function given<Values extends Record<string, unknown>>(values: Values) {
  const present = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(present) as { [Key in keyof Values]?: NonNullable<Values[Key]> };
}
