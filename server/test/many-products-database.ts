import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Store } from '../src/generated/prisma/client.ts';
import { buildStore } from './builders.ts';
import { withDatabase, type TestDatabase } from './database.ts';
import { insertManyProducts } from './many-products.ts';

export interface ManyProductsDatabase<Code extends string> {
  readonly db: TestDatabase['db'];
  readonly client: pg.Client;
  readonly stores: Readonly<Record<Code, Store>>;
}

const tables = ['products', 'marketplace_products', 'marketplace_product_translations'];

/**
 * A database with stores of these sizes, by their codes, and nothing that gathers statistics unasked. The products of
 * a store begin with its code; nothing of them is in its catalogue.
 */
export const withManyProducts = <Code extends string>(
  sizes: Readonly<Record<Code, number>>,
  use: (many: ManyProductsDatabase<Code>) => Promise<void>,
): Promise<void> =>
  withDatabase(async ({ db, url }) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      // As every session of the program has it.
      await client.query('SET random_page_cost = 1.1');
      for (const table of tables) await client.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
      const stores: Partial<Record<Code, Store>> = {};
      for (const code in sizes) {
        const store = await buildStore(db, { code });
        const products = { storeId: store.id, count: sizes[code], prefix: `${code}-` };
        await insertManyProducts(client, { ...products, lastImportJobId: randomUUID() });
        stores[code] = store;
      }
      await use({ db, client, stores: stores as Record<Code, Store> });
    } finally {
      await client.end();
    }
  });
