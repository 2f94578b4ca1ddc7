import type { MarketplaceProduct, Prisma } from '../../generated/prisma/client.ts';
import { withRecords, type Page, type PageArgs } from '../../graphql/page.ts';
import type { Db } from '../../platform/database.ts';
import { nobodysUuid } from '../../shared/uuid.ts';
import type { ProductFilter } from './marketplace-product.filter.ts';
import { listProducts } from './marketplace-product.list.ts';

/** What of the products is read: Prisma's `select` or `include`. */
export type ProductParts = Pick<Prisma.MarketplaceProductFindManyArgs, 'select' | 'include'>;

/** A page of the store's products with what is asked for of them; without a store an empty one. */
export async function findProducts(
  db: Db,
  storeId: string | null,
  filter: ProductFilter,
  args: PageArgs,
  parts: ProductParts,
): Promise<Page<MarketplaceProduct>> {
  const page = await listProducts(db, storeId ?? nobodysUuid, filter, args);
  if (storeId === null) return { ...page, edges: [] };
  return withRecords(page, (ids) =>
    db.marketplaceProduct.findMany({ ...parts, where: { storeId, id: { in: ids } } }),
  );
}
