import { Prisma, type Store } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import { effectiveSql } from './product.effective.ts';

/** How many products a store's catalogue has, all of them exact. */
export interface CatalogueCounts {
  readonly published: number;
  readonly unpublished: number;
  readonly drifted: number;
  readonly missing: number;
}

interface Row {
  readonly store_id: string;
  readonly published: bigint;
  readonly unpublished: bigint;
  readonly drifted: bigint;
  readonly missing: bigint;
}

/**
 * Of each of these stores. Costs an index entry a product, and a look-up for each override and for each product that
 * is gone from its feed.
 */
export async function countCatalogues(
  db: Db,
  storeIds: readonly string[],
): Promise<Map<string, CatalogueCounts>> {
  const stores = await db.store.findMany({ where: { id: { in: [...storeIds] } } });
  if (stores.length === 0) return new Map();
  const rows = await db.$queryRaw<Row[]>`${Prisma.join(stores.map(countsOf), ' UNION ALL ')}`;
  return new Map(
    rows.map(({ store_id, published, unpublished, drifted, missing }) => [
      store_id,
      {
        ...{ published: Number(published), unpublished: Number(unpublished) },
        ...{ drifted: Number(drifted), missing: Number(missing) },
      },
    ]),
  );
}

/** Written out for each store: the rule of drift has the store's currency in it. */
function countsOf(store: Store): Prisma.Sql {
  const { overridden, drifted } = effectiveSql(store);
  const ofStore = Prisma.sql`FROM products o WHERE o.store_id = ${store.id}::uuid`;
  return Prisma.sql`SELECT ${store.id}::uuid AS store_id,
    (SELECT count(*) ${ofStore} AND o.published_at IS NOT NULL) AS published,
    (SELECT count(*) ${ofStore} AND o.published_at IS NULL) AS unpublished,
    (SELECT count(*) FROM products o
     JOIN marketplace_products p ON p.store_id = o.store_id AND p.id = o.marketplace_product_id
     WHERE o.store_id = ${store.id}::uuid AND ${overridden} AND ${drifted}) AS drifted,
    (SELECT count(*) FROM marketplace_products p
     JOIN products o ON o.store_id = p.store_id AND o.marketplace_product_id = p.id
     WHERE p.store_id = ${store.id}::uuid AND p.missing_since IS NOT NULL) AS missing`;
}

/** How many products of a store have a price or a sale price of their own. */
export const countOwnPrices = (db: Db, storeId: string): Promise<number> =>
  db.product.count({ where: { storeId, OR: [{ price: { not: null } }, { salePrice: { not: null } }] } });
