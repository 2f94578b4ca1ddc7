// @module-tag import-job
// @module-tag db
import { expect, test, vi } from 'vitest';
import { buildImportJob, buildStore } from '../../../test/builders.ts';
import { withDatabase } from '../../../test/database.ts';
import { waitForLocks } from '../../../test/pausing.ts';
import type { Store } from '../../generated/prisma/client.ts';
import { lockCatalogue } from '../product/product.lock.ts';
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

const gone = new Error('another worker has the turn');
const { signal: unheard } = new AbortController();

test.each([
  ['is told so', { lost: AbortSignal.abort(gone), confirm: async () => undefined }],
  ['asks', { lost: unheard, confirm: () => Promise.reject(gone) }],
])('whoever has lost the store’s turn meanwhile and %s takes no job', (_how, turn) =>
  withDatabase(async ({ db }) => {
    const store = await buildStore(db);
    const { id } = await buildImportJob(db, { storeId: store.id, status: 'PROCESSING', attempt: 1 });
    await expect(claimImportJob(db, store.id, turn)).rejects.toThrow('another worker has the turn');
    expect(await db.marketplaceImportJob.findUnique({ where: { id } })).toMatchObject({ attempt: 1 });
  }),
);

test('the settings on record are those that the rows are read with, though they change while the job is claimed', () =>
  withDatabase(async (database) => {
    const { db } = database;
    const store = await buildStore(db, { currency: 'EUR' });
    await buildImportJob(db, { storeId: store.id, status: 'PENDING' });
    const claimed = await db.$transaction(async (transaction) => {
      await lockCatalogue(transaction, store.id);
      await transaction.store.update({ where: { id: store.id }, data: { currency: 'CHF' } });
      const claiming = claimImportJob(db, store.id);
      await waitForLocks(database, 1);
      return { claiming };
    });
    const job = await claimed.claiming;
    expect(job?.store.currency).toBe('CHF');
    expect(job?.settingsKey).toMatch(/^CHF /);
  }));

test('what was begun goes on before what a node with another clock has asked for', () =>
  withDatabase(async ({ db }) => {
    const store = await buildStore(db);
    const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
    const values = { storeId: store.id, status: 'PENDING' } as const;
    await buildImportJob(db, { ...values, createdAt: ago(60) });
    const begun = await buildImportJob(db, { ...values, createdAt: ago(30), startedAt: ago(20), attempt: 1 });
    expect(await claimImportJob(db, store.id)).toMatchObject({ id: begun.id, attempt: 2 });
  }));
