import type { Db } from '../../platform/database.ts';
import { repeat, type Repetition } from '../../shared/repeat.ts';

/** Rows that are locked at a time: an import that changes one of them waits for a tenth of a second at most. */
const pageSize = 1000;
/** How far the clocks of nodes may be apart. */
const clockSkewMs = 60_000;

interface PageRow {
  readonly marketplace: string;
  readonly marketplace_product_id: string;
}

/**
 * Gives all products of renamed stores their store's name; the number of stores that are done with. Part of
 * renaming, done afterwards: half a million rows take a minute, and a page of them at a time is locked. A store
 * whose import began under the old name is left for later, since that import goes on writing it. Safe to run
 * anywhere, any time, by any number of nodes; what is broken off is taken up by the next run.
 */
export async function renameProducts(db: Db): Promise<number> {
  const stores = await db.store.findMany({
    where: { renamedAt: { not: null } },
    orderBy: { renamedAt: 'asc' },
  });
  let done = 0;
  for (const { id, name, renamedAt } of stores) {
    if (!renamedAt || (await isBeingImportedSince(db, id, renamedAt))) continue;
    await renameRows(db, id);
    // Another name meanwhile, or rows that an import had locked: the next run sees to them.
    const { count } = (await hasOtherNames(db, id, name))
      ? { count: 0 }
      : await db.store.updateMany({ where: { id, name, renamedAt }, data: { renamedAt: null } });
    done += count;
  }
  return done;
}

async function isBeingImportedSince(db: Db, storeId: string, renamedAt: Date): Promise<boolean> {
  const before = new Date(renamedAt.getTime() + clockSkewMs);
  const running = await db.marketplaceImportJob.count({
    where: { storeId, status: 'PROCESSING', startedAt: { lt: before } },
  });
  return running > 0;
}

/** Page by page in the order of the unique key, each in its own transaction. Rows that are in use are passed over. */
async function renameRows(db: Db, storeId: string): Promise<void> {
  let last: PageRow = { marketplace: '', marketplace_product_id: '' };
  for (;;) {
    const page = await db.$queryRaw<PageRow[]>`
      SELECT marketplace, marketplace_product_id FROM marketplace_products
      WHERE store_id = ${storeId}::uuid
        AND (marketplace, marketplace_product_id) > (${last.marketplace}, ${last.marketplace_product_id})
      ORDER BY marketplace, marketplace_product_id LIMIT ${pageSize}`;
    const end = page.at(-1);
    if (!end) return;
    await renamePage(db, storeId, last, end);
    last = end;
  }
}

/**
 * The rows after one and up to another. Waits for no row, so that it and an import never wait for each other. The
 * name is the store's at this moment, and stays so until the page is done: a node that began before the next renaming
 * must not write what has become the old name. `updated_at` is the feed's, not ours.
 */
const renamePage = (db: Db, storeId: string, after: PageRow, upTo: PageRow) => db.$executeRaw`
  WITH store AS MATERIALIZED (
    SELECT id, name FROM stores WHERE id = ${storeId}::uuid FOR SHARE
  ), free AS MATERIALIZED (
    SELECT p.id, store.name FROM store JOIN marketplace_products p ON p.store_id = store.id
    WHERE p.store_id = ${storeId}::uuid AND p.store_name <> store.name
      AND (p.marketplace, p.marketplace_product_id) > (${after.marketplace}, ${after.marketplace_product_id})
      AND (p.marketplace, p.marketplace_product_id) <= (${upTo.marketplace}, ${upTo.marketplace_product_id})
    FOR NO KEY UPDATE OF p SKIP LOCKED
  )
  UPDATE marketplace_products p SET store_name = free.name
  FROM free WHERE p.id = free.id AND p.store_id = ${storeId}::uuid`;

async function hasOtherNames(db: Db, storeId: string, name: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM marketplace_products WHERE store_id = ${storeId}::uuid AND store_name <> ${name} LIMIT 1`;
  return rows.length > 0;
}

const runEveryMs = 5_000;

/** Looks for renamed stores from now on, every five seconds. */
export const startRenaming = (db: Db, onFault: (error: unknown) => void): Repetition =>
  repeat(runEveryMs, () => renameProducts(db), onFault);
