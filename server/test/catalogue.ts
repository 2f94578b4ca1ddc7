import type { MarketplaceProduct, Prisma, Product, Store } from '../src/generated/prisma/client.ts';
import type { Db } from '../src/platform/database.ts';
import { buildImportJob } from './builders.ts';

type FeedValues = Partial<Prisma.MarketplaceProductUncheckedCreateInput>;
type Titles = Readonly<Partial<Record<'EN' | 'FR' | 'DE', string>>>;

/** A product as a feed has brought it, in stock for 10.00 EUR; `titles` are its texts. */
export async function buildMarketplaceProduct(
  db: Db,
  { id: storeId, name: storeName }: Store,
  marketplaceProductId: string,
  values: FeedValues = {},
  titles: Titles = { EN: `Product ${marketplaceProductId}` },
): Promise<MarketplaceProduct> {
  const lastImportJobId = values.lastImportJobId ?? (await buildImportJob(db, { storeId })).id;
  const translations = Object.entries(titles).map(([language, title]) => ({
    ...{ language: language as 'EN', title, lastImportJobId },
    ...{ contentHash: '', productContentHash: '' },
  }));
  return db.marketplaceProduct.create({
    data: {
      ...{ storeId, storeName, marketplace: 'Letzshop', marketplaceProductId, contentHash: '' },
      ...{ price: '10.00', currency: 'EUR', availability: 'in_stock', condition: 'new' },
      ...{ ...values, lastImportJobId, translations: { create: translations } },
    },
  });
}

/** A product of the catalogue, published unless it is said otherwise, over one that a feed has brought. */
export async function buildProduct(
  db: Db,
  store: Store,
  marketplaceProductId: string,
  { own = {}, feed = {}, titles }: { own?: OwnValues; feed?: FeedValues; titles?: Titles } = {},
): Promise<Product> {
  const { id } = await buildMarketplaceProduct(db, store, marketplaceProductId, feed, titles);
  return db.product.create({
    data: { storeId: store.id, publishedAt: new Date(), ...own, marketplaceProductId: id },
  });
}

type OwnValues = Partial<Omit<Prisma.ProductUncheckedCreateInput, 'storeId' | 'marketplaceProductId'>>;

/** The global id of a product of either table. */
export const productId = (
  typename: 'Product' | 'MarketplaceProduct',
  { storeId, id }: { readonly storeId: string; readonly id: bigint },
): string => Buffer.from(`${typename}:${storeId}:${id}`).toString('base64');
