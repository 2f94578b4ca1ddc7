// @module-tag import-job
// @module-tag db
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildImportJob, buildStore } from '../../../test/builders.ts';
import { withDatabase, type TestDatabase } from '../../../test/database.ts';
import { pauseAtHandBack, waitForLocks } from '../../../test/pausing.ts';
import type { Store } from '../../generated/prisma/client.ts';
import { systemLookup } from '../../pipeline/source/address.ts';
import { openTurnQueue, type TurnQueue } from '../../platform/queue.ts';
import { finishImport } from './import-job.finish.ts';
import { cancelImport, createImportJob, retryImport, startImport } from './import-job.service.ts';

const noRules = { allowedAddresses: [], lookup: systemLookup };
const rules = {
  allowedAddresses: [],
  lookup: async () => [{ address: '93.184.215.14', family: 4 as const }],
};
const input = {
  sourceUrl: 'https://feeds.example.test/products.csv',
  language: 'EN' as const,
  createdById: null,
};

/** The queue alone: nobody takes turns. */
async function withQueue(database: TestDatabase, use: (queue: TurnQueue) => Promise<void>): Promise<void> {
  const queue = await openTurnQueue(database.url, () => undefined);
  try {
    await use(queue);
  } finally {
    await queue.stop();
  }
}

test('a started import waits, and its store waits for a turn', () =>
  withDatabase((database) =>
    withQueue(database, async (queue) => {
      const store = await buildStore(database.db);
      const job = await startImport(database.db, queue, rules, { ...input, storeCode: store.code });
      expect(job).toMatchObject({ status: 'PENDING', batchSize: 1000, marketplace: 'Letzshop', attempt: 0 });
      expect(await queue.queuedStoreIds(database.db)).toEqual(new Set([store.id]));
    }),
  ));

test('a job and its turn are made together or not at all', () =>
  withDatabase((database) =>
    withQueue(database, async (queue) => {
      const store = await buildStore(database.db);
      const { id } = await buildImportJob(database.db, { storeId: store.id });
      // The id is taken: the insert fails.
      await expect(
        createImportJob(database.db, queue, id, { ...input, storeCode: store.code }),
      ).rejects.toThrow();
      expect(await queue.queuedStoreIds(database.db)).toEqual(new Set());
      const broken = { enqueue: () => Promise.reject(new Error('no queue')) };
      const creating = createImportJob(database.db, broken, randomUUID(), {
        ...input,
        storeCode: store.code,
      });
      await expect(creating).rejects.toThrow('no queue');
      expect(await database.db.marketplaceImportJob.count()).toBe(1);
    }),
  ));

test.each([
  ['an unknown store', { storeCode: 'nowhere' }, 'STORE_NOT_FOUND'],
  ['a store that is switched off', { storeCode: 'off' }, 'STORE_INACTIVE'],
  ['a batch that is too small', { batchSize: 99 }, 'BATCH_SIZE_OUT_OF_RANGE'],
  ['a batch that is too large', { batchSize: 5001 }, 'BATCH_SIZE_OUT_OF_RANGE'],
  ['half a row', { batchSize: 100.5 }, 'BATCH_SIZE_OUT_OF_RANGE'],
  ['an address inside the network', { sourceUrl: 'http://127.0.0.1/feed.csv' }, 'ADDRESS_FORBIDDEN'],
  ['a file of this machine', { sourceUrl: 'file:///etc/passwd' }, 'ADDRESS_SCHEME'],
  ['no address', { sourceUrl: '' }, 'ADDRESS_SCHEME'],
])('%s is refused before anything is stored', (_what, given, code) =>
  withDatabase((database) =>
    withQueue(database, async (queue) => {
      await buildStore(database.db, { code: 'on' });
      await buildStore(database.db, { code: 'off', active: false });
      const starting = startImport(database.db, queue, 'sourceUrl' in given ? noRules : rules, {
        ...{ ...input, storeCode: 'on' },
        ...given,
      });
      await expect(starting).rejects.toMatchObject({ code });
      expect(await database.db.marketplaceImportJob.count()).toBe(0);
    }),
  ),
);

test('of a store no more than 200 imports wait; those of others, and that run or have ended, do not count', () =>
  withDatabase((database) =>
    withQueue(database, async (queue) => {
      const { db } = database;
      const [store, other] = [await buildStore(db), await buildStore(db)];
      const { id } = await buildImportJob(db, { storeId: store.id, status: 'FAILED' });
      await buildImportJob(db, { storeId: store.id, status: 'PROCESSING' });
      const { sourceUrl, language } = input;
      const waiting = { storeId: store.id, sourceUrl, language, normaliserVersion: 1 };
      await db.marketplaceImportJob.createMany({ data: Array.from({ length: 199 }, () => waiting) });
      const start = ({ code }: Store) => startImport(db, queue, rules, { ...input, storeCode: code });
      await start(store);
      await expect(start(store)).rejects.toMatchObject({ code: 'TOO_MANY_WAITING' });
      const retrying = retryImport(db, queue, rules, { id, createdById: null });
      await expect(retrying).rejects.toMatchObject({ code: 'TOO_MANY_WAITING' });
      expect(await start(other)).toMatchObject({ status: 'PENDING' });
      expect(await db.marketplaceImportJob.count({ where: { storeId: store.id } })).toBe(202);
    }),
  ));

test('a waiting import is cancelled at once, and a running one is asked to stop', () =>
  withDatabase(async ({ db }) => {
    const waiting = await buildImportJob(db, { status: 'PENDING' });
    const running = await buildImportJob(db, { status: 'PROCESSING' });
    expect(await cancelImport(db, waiting.id)).toMatchObject({ status: 'CANCELLED' });
    const asked = await cancelImport(db, running.id);
    expect(asked.status).toBe('PROCESSING');
    expect(asked.cancelRequestedAt).toBeInstanceOf(Date);
    // Twice is once.
    expect(await cancelImport(db, running.id)).toEqual(asked);
    expect(await cancelImport(db, waiting.id)).toMatchObject({ status: 'CANCELLED' });
  }));

test.each(['COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED'] as const)(
  'an import that is %s cannot be cancelled',
  (status) =>
    withDatabase(async ({ db }) => {
      const job = await buildImportJob(db, { status });
      await expect(cancelImport(db, job.id)).rejects.toMatchObject({ code: 'IMPORT_JOB_ENDED' });
      await expect(cancelImport(db, randomUUID())).rejects.toMatchObject({ code: 'IMPORT_JOB_NOT_FOUND' });
    }),
);

test('a retry is a new import with the settings of the old one', () =>
  withDatabase((database) =>
    withQueue(database, async (queue) => {
      const { db } = database;
      const values = { status: 'FAILED', language: 'DE', batchSize: 500 } as const;
      const job = await buildImportJob(db, values);
      const retry = await retryImport(db, queue, rules, { id: job.id, createdById: null });
      const { storeId, sourceUrl, language, batchSize } = job;
      expect(retry).toMatchObject({
        status: 'PENDING',
        retryOfId: job.id,
        storeId,
        sourceUrl,
        language,
        batchSize,
      });
      const again = retryImport(db, queue, rules, { id: retry.id, createdById: null });
      await expect(again).rejects.toMatchObject({ code: 'IMPORT_JOB_NOT_ENDED' });
    }),
  ));

test('a job that is handed back while it is cancelled is cancelled', () =>
  withDatabase(async (database) => {
    const { db } = database;
    const job = await buildImportJob(db, { status: 'PROCESSING', attempt: 1, startedAt: new Date() });
    const pause = await pauseAtHandBack(database);
    const untouched = { phases: null, previousId: null, revision: job.revision };
    const handingBack = finishImport(db, job, { kind: 'handedBack' }, untouched);
    await pause.reached();
    const cancelling = cancelImport(db, job.id);
    await waitForLocks(database, 2);
    await pause.release();
    await handingBack;
    expect(await cancelling).toMatchObject({ status: 'CANCELLED', completedAt: expect.any(Date) as Date });
  }));
