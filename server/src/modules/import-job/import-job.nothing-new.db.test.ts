// @module-tag import-job
// @module-tag db
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { Language, Store } from '../../generated/prisma/client.ts';
import { buildStore } from '../../../test/builders.ts';
import { withDatabase, type TestDatabase } from '../../../test/database.ts';
import { withImportNode, type ImportNode } from '../../../test/import-node.ts';
import { httpResponse, startLoopbackServer, type LoopbackServer } from '../../../test/loopback-server.ts';
import { readErrors } from '../../../test/stored.ts';
import { createImportJob } from './import-job.service.ts';

const feed = 'id,title,price\nA,Atlas,12.00\nB,,9.00\nC,Cup,4.00\nA,Again,1.00\nD,Dish,N/A\n';

interface Shop {
  readonly database: TestDatabase;
  readonly node: ImportNode;
  readonly store: Store;
  readonly web: LoopbackServer;
  /** What the web server has to give from now on. */
  serve(body: string, etag?: string): void;
  importOf(given?: { path?: string; language?: Language }): ReturnType<ImportNode['ended']>;
}

/** A store whose feed is served on loopback, and a node that imports it. */
function withShop(use: (shop: Shop) => Promise<void>): Promise<void> {
  return withDatabase(async (database) => {
    let served: { body: string; etag: string | null } = { body: feed, etag: null };
    const web = await startLoopbackServer((socket, head) => {
      const { body, etag } = served;
      const known = etag !== null && head.toLowerCase().includes(`if-none-match: ${etag}`);
      const headers: Record<string, string> = etag === null ? {} : { ETag: etag };
      socket.end(known ? httpResponse(304, '', headers) : httpResponse(200, body, headers));
    });
    const store = await buildStore(database.db);
    await withImportNode(database, (node) =>
      use({
        ...{ database, node, store, web },
        serve: (body, etag = '') => void (served = { body, etag: etag || null }),
        async importOf({ path = '/feed.csv', language = 'EN' } = {}) {
          const job = await createImportJob(database.db, node.queue, uuidv7(), {
            ...{ storeCode: store.code, language, createdById: null },
            sourceUrl: web.origin + path,
          });
          return node.ended(job.id);
        },
      }),
    );
  });
}

type Job = Awaited<ReturnType<Shop['importOf']>>;
const countsOf = ({
  importedCount,
  updatedCount,
  unchangedCount,
  errorCount,
  warningCount,
  totalRows,
}: Job) => [importedCount, updatedCount, unchangedCount, errorCount, warningCount, totalRows];
const phasesOf = ({ phases }: Job) => (phases as { phase: string }[]).map(({ phase }) => phase);
const rowsWereRead = (job: Job) => phasesOf(job).includes('rows');

describe('the same feed again', () => {
  test.each([
    ['by its etag, without a download', '"v1"'],
    ['by its bytes', ''],
  ])('is known %s: no row is read, the result is carried over', (_how, etag) =>
    withShop(async ({ database, importOf, serve, web }) => {
      serve(feed, etag);
      const first = await importOf();
      expect(countsOf(first)).toEqual([3, 0, 0, 2, 1, 5]);
      const second = await importOf();
      expect(rowsWereRead(first)).toBe(true);
      expect(rowsWereRead(second)).toBe(false);
      expect(second.status).toBe('COMPLETED_WITH_ERRORS');
      expect(countsOf(second)).toEqual([0, 0, 3, 2, 1, 5]);
      const { encoding, delimiter, format, sourceSha256 } = first;
      expect(second).toMatchObject({ encoding, delimiter, format, sourceSha256 });
      expect(await readErrors(database, second.id)).toEqual(await readErrors(database, first.id));
      expect(web.connections()).toBe(2);
      // And once more: what was carried over can be carried on.
      expect(countsOf(await importOf())).toEqual([0, 0, 3, 2, 1, 5]);
    }),
  );
});

describe('the feed is read all the same', () => {
  test('when its bytes differ', () =>
    withShop(async ({ importOf, serve }) => {
      await importOf();
      serve(`${feed}E,Egg,2.00\n`);
      const job = await importOf();
      expect(rowsWereRead(job)).toBe(true);
      expect(countsOf(job)).toEqual([1, 0, 3, 2, 1, 6]);
    }));

  test.each([
    ['another address', { path: '/other.csv' }, [0, 0, 3, 2, 1, 5]],
    ['another language', { language: 'FR' as const }, [0, 3, 0, 2, 1, 5]],
  ])('when it comes from %s', (_what, given, counts) =>
    withShop(async ({ importOf }) => {
      await importOf();
      const job = await importOf(given);
      expect(rowsWereRead(job)).toBe(true);
      expect(countsOf(job)).toEqual(counts);
    }),
  );

  test('when another import of the store has written something since', () =>
    withShop(async ({ importOf, serve }) => {
      await importOf();
      serve(feed.replace('12.00', '11.00'));
      expect(countsOf(await importOf({ path: '/other.csv' }))).toEqual([0, 1, 2, 2, 1, 5]);
      serve(feed);
      const job = await importOf();
      expect(rowsWereRead(job)).toBe(true);
      expect(countsOf(job)).toEqual([0, 1, 2, 2, 1, 5]);
    }));

  test('but not when the other import wrote nothing', () =>
    withShop(async ({ importOf }) => {
      await importOf();
      await importOf({ path: '/other.csv' });
      expect(rowsWereRead(await importOf())).toBe(false);
    }));

  test.each([
    ['the code that reads feeds is another one', { normaliserVersion: 0 }],
    ['the import before did not come to its end', { status: 'FAILED' as const }],
    ['the import before was cancelled', { status: 'CANCELLED' as const }],
  ])('when %s', (_what, before) =>
    withShop(async ({ database, importOf }) => {
      const first = await importOf();
      await database.db.marketplaceImportJob.update({ where: { id: first.id }, data: before });
      expect(rowsWereRead(await importOf())).toBe(true);
    }),
  );

  test.each([
    ['currency', { currency: 'CHF' }],
    ['time zone', { timeZone: 'Asia/Tokyo' }],
    ['name', { name: 'Renamed' }],
  ])('when the %s of the store is another one', (_what, change) =>
    withShop(async ({ database, store, importOf }) => {
      await importOf();
      await database.db.store.update({ where: { id: store.id }, data: change });
      expect(rowsWereRead(await importOf())).toBe(true);
    }),
  );

  test('when the import before was of another store', () =>
    withShop(async ({ database, node, web, importOf }) => {
      await importOf();
      const other = await buildStore(database.db);
      const job = await createImportJob(database.db, node.queue, uuidv7(), {
        ...{ storeCode: other.code, language: 'EN', createdById: null, sourceUrl: `${web.origin}/feed.csv` },
      });
      expect(countsOf(await node.ended(job.id))).toEqual([3, 0, 0, 2, 1, 5]);
    }));
});
