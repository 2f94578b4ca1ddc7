import { Prisma, type Store } from '../../generated/prisma/client.ts';
import type { Database, Db } from '../../platform/database.ts';
import type { ProductRef } from './product.access.ts';
import {
  effectiveValues,
  feedValues,
  overrideFields,
  type FeedValues,
  type OverrideField,
  type OwnValues,
} from './product.effective.ts';
import {
  NoPriceError,
  ProductNotFoundError,
  ProductRepeatedError,
  QuantityRangeError,
  SalePriceNotLowerError,
} from './product.errors.ts';
import { holdStore } from '../store/store.lock.ts';
import { lockCatalogue } from './product.lock.ts';
import { lockProducts, saveOwn, type LockedProduct, type OwnRecord } from './product.record.ts';

/** What to set of a product: for an override null is the feed's value again; what is left out stays. */
export interface ProductChange {
  readonly price?: string | null;
  readonly salePrice?: string | null;
  readonly availability?: string | null;
  readonly condition?: string | null;
  readonly isFeatured?: boolean | null;
  readonly isActive?: boolean | null;
  readonly minQuantity?: number | null;
  /** Null is no limit. */
  readonly maxQuantity?: number | null;
}

/** A product that is meant, with its place in the input for what is wrong with it. */
export interface ChangeOf {
  /** Null for what is no id of a product. */
  readonly ref: ProductRef | null;
  readonly path: readonly string[];
  readonly change: ProductChange;
}

/**
 * Changes these products of the store, all or none; their ids in the catalogue, in the order of the changes. One that
 * was never in the catalogue comes into it, unpublished. What is set as it is already stays as it is, with what the
 * feed said when it was first set. Throws errors with the path of the first change that cannot be made.
 */
export async function updateProducts(
  db: Database['db'],
  asked: Store,
  changes: readonly ChangeOf[],
): Promise<bigint[]> {
  const change = async (transaction: Db) => {
    // A single row waits for nobody who waits for it, but its price is in the currency of now.
    const store = await (changes.length > 1 ? lockCatalogue : holdStore)(transaction, asked.id);
    await takeIn(transaction, store.id, changes);
    const found = await findChanged(transaction, store.id, changes);
    const changed = changes.map(({ change, path }, at) => {
      const product = found[at];
      if (!product) throw new ProductNotFoundError([...path, 'id']);
      if (found.indexOf(product) < at) throw new ProductRepeatedError([...path, 'id']);
      const own = withChange(product, change, feedValues(product.feed, store));
      check(product, own, { change, path, store });
      return { id: product.id, own, before: product.own };
    });
    await saveOwn(
      transaction,
      store.id,
      changed.filter(({ own, before }) => !isSame(own, before)),
    );
    return changed.map(({ id }) => id);
  };
  return db.$transaction(change, { timeout: longestMs });
}

/** Whoever writes many products of the store comes first; but each that waits has a connection meanwhile. */
const longestMs = 30_000;

/** Products of the marketplace that are changed for the first time. */
async function takeIn(db: Db, storeId: string, changes: readonly ChangeOf[]): Promise<void> {
  const ids = idsOf(changes, 'MarketplaceProduct', storeId);
  if (ids.length === 0) return;
  await db.$executeRaw`
    INSERT INTO products (store_id, marketplace_product_id)
    SELECT p.store_id, p.id FROM marketplace_products p
    WHERE p.store_id = ${storeId}::uuid AND p.id = ANY(${ids}::bigint[]) ORDER BY p.id
    ON CONFLICT (store_id, marketplace_product_id) DO NOTHING`;
}

const idsOf = (changes: readonly ChangeOf[], kind: ProductRef['kind'], storeId: string) =>
  changes.flatMap(({ ref }) => (ref?.kind === kind && ref.storeId === storeId ? ref.id : []));

async function findChanged(db: Db, storeId: string, changes: readonly ChangeOf[]) {
  const [ids, marketplaceIds] = [
    idsOf(changes, 'Product', storeId),
    idsOf(changes, 'MarketplaceProduct', storeId),
  ];
  const locked = await lockProducts(db, storeId, { ids, marketplaceIds });
  const byId = new Map(locked.map((product) => [product.id, product]));
  const byMarketplaceId = new Map(locked.map((product) => [product.marketplaceProductId, product]));
  return changes.map(({ ref }) => {
    if (ref?.storeId !== storeId) return undefined;
    return ref.kind === 'Product' ? byId.get(ref.id) : byMarketplaceId.get(ref.id);
  });
}

function withChange({ own }: LockedProduct, change: ProductChange, said: FeedValues): OwnRecord {
  const { price, salePrice, availability, condition } = change;
  const amount = (text: string | null | undefined) => (text ? new Prisma.Decimal(text) : text);
  return {
    ...own,
    ...overridden(own, said, 'price', amount(price)),
    ...overridden(own, said, 'salePrice', amount(salePrice)),
    ...overridden(own, said, 'availability', availability),
    ...overridden(own, said, 'condition', condition),
    isFeatured: change.isFeatured ?? own.isFeatured,
    isActive: change.isActive ?? own.isActive,
    minQuantity: change.minQuantity ?? own.minQuantity,
    maxQuantity: change.maxQuantity === undefined ? own.maxQuantity : change.maxQuantity,
  };
}

type Value = Prisma.Decimal | string | null;

/** An override with what the feed says as it is set; nothing when it stays. */
function overridden(
  own: OwnValues,
  said: FeedValues,
  field: OverrideField,
  value: Value | undefined,
): Partial<OwnValues> {
  if (value === undefined || isEqual(value, own[field])) return {};
  return { [field]: value, [`${field}FeedValue`]: value === null ? null : said[field] };
}

const isEqual = (one: Value, other: Value): boolean =>
  one !== null && other !== null && typeof one !== 'string' ? one.equals(other) : one === other;

interface Checked {
  readonly change: ProductChange;
  readonly path: readonly string[];
  readonly store: Store;
}

/** What is set has to make sense at this moment; what the feed makes of it later, the effective values say. */
function check(before: LockedProduct, own: OwnRecord, { change, path, store }: Checked): void {
  const { price } = effectiveValues(own, before.feed, store, new Date());
  // One without a price of its own may have lost the feed's since; then this change takes nothing from it.
  const losesPrice = change.price === null && before.own.price !== null;
  if (before.published && price === null && losesPrice) throw new NoPriceError([...path, 'price']);
  const sale = change.salePrice === undefined ? null : own.salePrice;
  if (sale && (sale.isZero() || !price || sale.greaterThanOrEqualTo(price))) {
    throw new SalePriceNotLowerError([...path, 'salePrice']);
  }
  const { minQuantity, maxQuantity } = own;
  if (minQuantity < 1) throw new QuantityRangeError([...path, 'minQuantity']);
  if (maxQuantity !== null && maxQuantity < minQuantity) {
    throw new QuantityRangeError([...path, change.maxQuantity === undefined ? 'minQuantity' : 'maxQuantity']);
  }
}

const plainFields = ['isFeatured', 'isActive', 'minQuantity', 'maxQuantity'] as const;

const isSame = (one: OwnRecord, other: OwnRecord): boolean =>
  overrideFields.every(
    (field) =>
      isEqual(one[field], other[field]) && isEqual(one[`${field}FeedValue`], other[`${field}FeedValue`]),
  ) && plainFields.every((field) => one[field] === other[field]);
