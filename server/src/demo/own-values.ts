import type { Store } from '../generated/prisma/client.ts';
import { updateProducts, type ChangeOf } from '../modules/product/product.update.ts';
import { isOver } from '../modules/product/publication.record.ts';
import { requestPublication } from '../modules/product/publication.service.ts';
import type { Database } from '../platform/database.ts';
import { demoStores } from './shops.ts';

/** What a merchant would set of a product: the price as a share of the feed's, and the rest. */
interface OwnValues {
  readonly change?: ChangeOf['change'];
  readonly priceShare?: number;
  /** What the feed's price was when it was set, as a share of what it is now: so it has drifted since. */
  readonly thenShare?: number;
}

const ownValues: readonly OwnValues[] = [
  { priceShare: 0.9, change: { isFeatured: true } },
  { priceShare: 0.85, thenShare: 0.92 },
  { change: { availability: 'backorder', maxQuantity: 2 } },
  { priceShare: 1.1, thenShare: 1.05 },
  { change: { isFeatured: true, maxQuantity: 5 } },
  { priceShare: 0.8, thenShare: 0.88, change: { isFeatured: true } },
  { change: { isActive: false } },
  { priceShare: 0.6, change: { condition: 'used' } },
  { priceShare: 0.95 },
];
/** Own values are spread over the list: every so many products one has some. */
const spread = 7;

/**
 * Publishes what the first demo store has imported, and sets own values of a few products, some of which the feed has
 * moved from since. A store with a catalogue is left as it is.
 */
export async function fillDemoCatalogue(db: Database['db']): Promise<void> {
  const store = await db.store.findUnique({ where: { code: demoStores[0]?.code ?? '' } });
  if (!store || (await db.product.count({ where: { storeId: store.id } })) > 0) return;
  const job = await requestPublication(db, { store, action: 'PUBLISH', createdById: null, products: {} });
  // Otherwise there is more than the demo's feeds have, or it has to wait: a node's publisher does it by and by.
  if (isOver(job)) await setOwnValues(db, store);
}

async function setOwnValues(db: Database['db'], store: Store): Promise<void> {
  const listed = await db.product.findMany({
    where: { storeId: store.id, marketplaceProduct: { price: { gt: 5 } } },
    include: { marketplaceProduct: { select: { price: true } } },
    orderBy: { id: 'asc' },
    take: spread * ownValues.length,
  });
  const chosen = ownValues.flatMap((own, at) => {
    const product = listed[at * spread];
    return product ? [{ own, id: product.id, price: product.marketplaceProduct.price }] : [];
  });
  const changes = chosen.map(({ id, price, own: { change, priceShare } }): ChangeOf => ({
    ref: { kind: 'Product', storeId: store.id, id },
    path: [],
    change: priceShare && price ? { ...change, price: price.times(priceShare).toFixed(2) } : (change ?? {}),
  }));
  await updateProducts(db, store, changes);
  for (const { id, price, own } of chosen) {
    if (!own.thenShare || !price) continue;
    // As if the feed had moved since: the demo's feeds always say the same.
    const priceFeedValue = price.times(own.thenShare).toFixed(2);
    await db.product.update({ where: { storeId_id: { storeId: store.id, id } }, data: { priceFeedValue } });
  }
}
