// @module-tag import-job
// @module-tag db
import { expect, test, vi } from 'vitest';
import { buildImportJob, buildStore } from '../../../test/builders.ts';
import { withDatabase } from '../../../test/database.ts';
import type { Store } from '../../generated/prisma/client.ts';
import { databaseTime } from './database-time.ts';
import { claimImportJob } from './import-job.claim.ts';

const sha256 = 'a'.repeat(64);

test.each([
  ['other settings is another feed', { currency: 'CHF' }, null],
  ['the same settings is the same', {}, sha256],
] satisfies [string, Partial<Store>, string | null][])(
  'what an attempt that is gone has read with %s',
  (_how, change, known) =>
    withDatabase(async ({ db }) => {
      const store = await buildStore(db, { currency: 'EUR' });
      await buildImportJob(db, { storeId: store.id, status: 'PENDING' });
      const first = await claimImportJob(db, store.id);
      await db.marketplaceImportJob.update({
        where: { id: first?.id ?? '' },
        data: { sourceSha256: sha256 },
      });
      await db.store.update({ where: { id: store.id }, data: change });
      expect(await claimImportJob(db, store.id)).toMatchObject({ attempt: 2, sourceSha256: known });
    }),
);

test('the start is the database’s time, since the clocks of nodes may be apart', () =>
  withDatabase(async ({ db }) => {
    const store = await buildStore(db);
    await buildImportJob(db, { storeId: store.id, status: 'PENDING' });
    const before = await databaseTime(db);
    vi.useFakeTimers({ toFake: ['Date'], now: before.getTime() + 3600_000 });
    const claimed = await claimImportJob(db, store.id).finally(() => vi.useRealTimers());
    const after = await databaseTime(db);
    expect(claimed?.startedAt?.getTime()).toBeGreaterThanOrEqual(before.getTime());
    expect(claimed?.startedAt?.getTime()).toBeLessThanOrEqual(after.getTime());
  }));

test('whoever has lost the store’s turn meanwhile takes no job', () =>
  withDatabase(async ({ db }) => {
    const store = await buildStore(db);
    const { id } = await buildImportJob(db, { storeId: store.id, status: 'PROCESSING', attempt: 1 });
    const lost = AbortSignal.abort(new Error('another worker has the turn'));
    await expect(claimImportJob(db, store.id, lost)).rejects.toThrow('another worker has the turn');
    expect(await db.marketplaceImportJob.findUnique({ where: { id } })).toMatchObject({ attempt: 1 });
  }));
