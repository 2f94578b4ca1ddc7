import type { GoneFromFeed, MarketplaceImportJob } from '../src/generated/prisma/client.ts';
import { withFeedShop, type FeedShop } from './feed-shop.ts';

/** A feed of these product numbers; with `price` all of them change. */
export const feedOf = (numbers: string, price = '5.00') =>
  `id,title,price\n${[...numbers].map((number) => `${number},Title ${number},${price}\n`).join('')}`;

/** A shop that has imported A to J, and published them. */
export const withTen = (use: (shop: FeedShop) => Promise<void>, goneFromFeed: GoneFromFeed = 'KEEP') =>
  withFeedShop(
    async (shop) => {
      shop.serve(feedOf('ABCDEFGHIJ'));
      await shop.importOf();
      const { db } = shop.database;
      const products = await db.marketplaceProduct.findMany();
      const publishedAt = new Date();
      const data = products.map(({ id, storeId }) => ({ storeId, marketplaceProductId: id, publishedAt }));
      await db.product.createMany({ data });
      await use(shop);
    },
    { goneFromFeed },
  );

/** The numbers of products that are missing, such as `GH`. */
export async function missingNumbers({ database }: FeedShop): Promise<string> {
  const products = await database.db.marketplaceProduct.findMany({
    where: { missingSince: { not: null } },
    orderBy: { marketplaceProductId: 'asc' },
  });
  return products.map(({ marketplaceProductId }) => marketplaceProductId).join('');
}

/** The numbers of products that are published. */
export async function publishedNumbers({ database }: FeedShop): Promise<string> {
  const products = await database.db.product.findMany({
    where: { publishedAt: { not: null } },
    include: { marketplaceProduct: true },
  });
  return products
    .map(({ marketplaceProduct }) => marketplaceProduct.marketplaceProductId)
    .sort()
    .join('');
}

/** What became of the missing products, how many they are, how many returned and how many there are. */
export const missingOf = (job: MarketplaceImportJob) => [
  ...[job.missingReview, job.missingCount, job.returnedCount, job.presentCount],
];
