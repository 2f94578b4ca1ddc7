import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { createAdmin } from '../src/modules/user/user.service.ts';
import type { Database } from '../src/platform/database.ts';
import { insertManyProducts } from '../test/many-products.ts';

/** Who asks, and whose products are published. */
export interface PublishData {
  readonly email: string;
  readonly password: string;
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
  const account = { email: 'bench@example.test', password: randomUUID() };
  const admin = await createAdmin(db, account);
  const merchant = await db.merchant.create({
    data: { name: 'Bench', contactEmail: account.email, ownerId: admin.id },
  });
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
