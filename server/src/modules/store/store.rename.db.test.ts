// @module-tag store
// @module-tag db
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildImportJob, buildStore } from '../../../test/builders.ts';
import { withDatabase } from '../../../test/database.ts';
import type { Db } from '../../platform/database.ts';
import { renameProducts, startRenaming } from './store.rename.ts';

/** Products of the store under an older name, without translations: only the name matters. */
const buildProducts = (db: Db, storeId: string, count: number) => db.$executeRaw`
  INSERT INTO marketplace_products
    (store_id, store_name, marketplace, marketplace_product_id, content_hash, last_import_job_id, updated_at)
  SELECT ${storeId}::uuid, 'Before', CASE WHEN n % 3 = 0 THEN 'Letzshop' ELSE 'Other' END, 'p' || n, 'hash',
    ${randomUUID()}::uuid, '2026-01-01T00:00:00Z'
  FROM generate_series(1, ${count}) AS n`;

const namesOf = async (db: Db, storeId: string) => {
  const rows = await db.marketplaceProduct.groupBy({ by: 'storeName', where: { storeId }, _count: true });
  return Object.fromEntries(rows.map(({ storeName, _count }) => [storeName, _count]));
};

test('all products of a renamed store get its name, and nothing else of them changes', () =>
  withDatabase(async ({ db }) => {
    const store = await buildStore(db, { name: 'After', renamedAt: new Date() });
    const other = await buildStore(db, { name: 'Other' });
    await buildProducts(db, store.id, 2500);
    await buildProducts(db, other.id, 10);
    expect(await renameProducts(db)).toBe(1);
    expect(await namesOf(db, store.id)).toEqual({ After: 2500 });
    expect(await namesOf(db, other.id)).toEqual({ Before: 10 });
    const product = await db.marketplaceProduct.findFirstOrThrow({ where: { storeId: store.id } });
    expect(product.updatedAt).toEqual(new Date('2026-01-01T00:00:00Z'));
    expect(await db.store.findUnique({ where: { id: store.id } })).toMatchObject({ renamedAt: null });
    expect(await renameProducts(db)).toBe(0);
  }));

test('a store whose import began under the old name waits for its end', () =>
  withDatabase(async ({ db }) => {
    const renamedAt = new Date();
    const { id: storeId } = await buildStore(db, { name: 'After', renamedAt });
    await buildProducts(db, storeId, 3);
    const startedAt = new Date(renamedAt.getTime() - 1000);
    const job = await buildImportJob(db, { storeId, status: 'PROCESSING', startedAt });
    expect(await renameProducts(db)).toBe(0);
    expect(await namesOf(db, storeId)).toEqual({ Before: 3 });
    await db.marketplaceImportJob.update({ where: { id: job.id }, data: { status: 'COMPLETED' } });
    expect(await renameProducts(db)).toBe(1);
    expect(await namesOf(db, storeId)).toEqual({ After: 3 });
  }));

test('a row that an import holds is not waited for, and gets its name in the next run', () =>
  withDatabase(async ({ db }) => {
    const { id: storeId } = await buildStore(db, { name: 'After', renamedAt: new Date() });
    await buildProducts(db, storeId, 3);
    await db.$transaction(async (transaction) => {
      await transaction.$executeRaw`
        UPDATE marketplace_products SET brand = 'Brand' WHERE marketplace_product_id = 'p2'`;
      expect(await renameProducts(db)).toBe(0);
      expect(await namesOf(db, storeId)).toEqual({ After: 2, Before: 1 });
    });
    expect(await renameProducts(db)).toBe(1);
    expect(await namesOf(db, storeId)).toEqual({ After: 3 });
  }));

test('any number of nodes at once come to the same', () =>
  withDatabase(async ({ db }) => {
    const { id: storeId } = await buildStore(db, { name: 'After', renamedAt: new Date() });
    await buildProducts(db, storeId, 3000);
    await Promise.all([renameProducts(db), renameProducts(db), renameProducts(db)]);
    await renameProducts(db);
    expect(await namesOf(db, storeId)).toEqual({ After: 3000 });
    expect(await db.store.count({ where: { renamedAt: { not: null } } })).toBe(0);
  }));

test('what is to be renamed at the start is renamed, and stopping waits for it', () =>
  withDatabase(async ({ db }) => {
    const { id: storeId } = await buildStore(db, { name: 'After', renamedAt: new Date() });
    await buildProducts(db, storeId, 1500);
    const faults: unknown[] = [];
    await startRenaming(db, (error) => faults.push(error)).stop();
    expect(await namesOf(db, storeId)).toEqual({ After: 1500 });
    expect(faults).toEqual([]);
  }));
