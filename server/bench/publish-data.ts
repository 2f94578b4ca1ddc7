import type pg from 'pg';
import type { Database } from '../src/platform/database.ts';
import { insertManyProducts } from '../test/many-products.ts';
import { createAccount, type Account } from './account.ts';

/** Who asks, and whose products are published. */
export interface PublishData extends Account {
  readonly storeCode: string;
  readonly storeId: string;
  readonly rows: number;
}

/** Fills an empty database: an admin, the store with the products, and another one with as many. */
export async function fillPublishData(
  db: Database['db'],
  client: pg.Client,
  rows: number,
): Promise<PublishData> {
  const { account, merchant } = await createAccount(db);
  const ids: string[] = [];
  for (const code of ['other', 'big']) {
    const { id: storeId } = await db.store.create({ data: { code, name: code, merchantId: merchant.id } });
    const { id: lastImportJobId } = await db.marketplaceImportJob.create({
      data: {
        ...{ storeId, sourceUrl: 'https://feeds.example.test/x.csv', language: 'EN' },
        ...{ normaliserVersion: 1, status: 'COMPLETED' },
      },
    });
    await insertManyProducts(client, { storeId, count: rows, prefix: `${code}-`, lastImportJobId });
    ids.push(storeId);
  }
  await client.query('VACUUM ANALYZE');
  return { ...account, storeCode: 'big', storeId: ids[1] ?? '', rows };
}
