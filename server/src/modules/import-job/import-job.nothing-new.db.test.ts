// @module-tag import-job
// @module-tag db
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { withFeedShop, type FeedShop } from '../../../test/feed-shop.ts';
import { readErrors, readProducts } from '../../../test/stored.ts';
import { noteSpooled, spoolEntry } from '../../pipeline/spool.ts';
import { createImportJob } from './import-job.service.ts';
import { broughtNothingNew } from './import-job.stepper.ts';

const feed = 'id,title,price\nA,Atlas,12.00\nB,,9.00\nC,Cup,4.00\nA,Again,1.00\nD,Dish,N/A\n';

/** A store whose feed is the one above. */
const withShop = (use: (shop: FeedShop) => Promise<void>): Promise<void> =>
  withFeedShop((shop) => {
    shop.serve(feed);
    return use(shop);
  });

type Job = Awaited<ReturnType<FeedShop['importOf']>>;
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

test('a feed without a row is known again as well', () =>
  withFeedShop(async ({ importOf, serve }) => {
    serve('id,title,price\n');
    await importOf();
    const second = await importOf();
    expect(rowsWereRead(second)).toBe(false);
    expect([second.status, ...countsOf(second)]).toEqual(['COMPLETED', 0, 0, 0, 0, 0, 0]);
  }));

test('a file that lies here already, as the command line leaves it, is known again as well', () =>
  withFeedShop(async ({ database: { db }, node, store }) => {
    const bytes = Buffer.from(feed);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const importFile = async () => {
      const id = uuidv7();
      const entry = spoolEntry(node.spoolFolder, id);
      await writeFile(entry.feedPath, bytes);
      const path = entry.feedPath;
      await noteSpooled(entry, { path, bytes: bytes.length, sha256, etag: null, charset: null });
      const given = { storeCode: store.code, language: 'EN', createdById: null } as const;
      await createImportJob(db, node.queue, id, { ...given, sourceUrl: 'file:///home/weber/products.csv' });
      return node.ended(id);
    };
    expect(broughtNothingNew(await importFile())).toBe(false);
    const second = await importFile();
    expect([countsOf(second), phasesOf(second)]).toEqual([[0, 0, 3, 2, 1, 5], ['download']]);
    expect(broughtNothingNew(second)).toBe(true);
  }));

test('what is carried over was read by the code that read it', () =>
  withShop(async ({ database: { db }, importOf }) => {
    const { normaliserVersion } = await importOf();
    // As by a node that is newer than the one that imports.
    await db.$executeRaw`
      CREATE FUNCTION be_newer() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN NEW.normaliser_version = 999; RETURN NEW; END $$`;
    await db.$executeRaw`
      CREATE TRIGGER be_newer BEFORE INSERT ON marketplace_import_jobs FOR EACH ROW EXECUTE FUNCTION be_newer()`;
    const second = await importOf();
    expect(rowsWereRead(second)).toBe(false);
    expect(second.normaliserVersion).toBe(normaliserVersion);
  }));

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

  test.each([
    ['its etag says', '"v1"'],
    ['its bytes say', ''],
  ])('when its server has learnt which charset it is in, whatever %s', (_what, etag) =>
    withShop(async ({ database, store, importOf, serve }) => {
      // What is š in ISO-8859-2 is ¹ in Windows-1252.
      const bytes = Buffer.from('id,title,price\nA,Ko\xb9ice,12.00\n', 'latin1');
      serve(bytes, etag);
      await importOf();
      serve(bytes, etag, 'iso-8859-2');
      expect(countsOf(await importOf())).toEqual([0, 1, 0, 0, 0, 1]);
      expect(await readProducts(database, store.id)).toMatchObject([
        { translations: { EN: { title: 'Košice' } } },
      ]);
      // Now it is known.
      expect(rowsWereRead(await importOf())).toBe(false);
    }),
  );

  test('when it is asked whether products are really gone: by the limit of now, and once', () =>
    withFeedShop(async ({ database: { db }, store, importOf, serve }) => {
      const rows = (ids: string) =>
        ['id,title,price', ...[...ids].map((id) => `${id},${id},1.00`)].join('\n');
      serve(rows('ABCDEFGHIJ'));
      await importOf();
      serve(rows('ABCDEF'));
      const asked = await importOf();
      expect(asked.missingReview).toBe('HELD');
      await db.store.update({ where: { id: store.id }, data: { shrinkLimitPercent: 60 } });
      const again = await importOf();
      expect([again.missingReview, again.missingCount]).toEqual(['APPLIED', 4]);
      const question = await db.marketplaceImportJob.findUniqueOrThrow({ where: { id: asked.id } });
      expect(question.missingReview).toBe('SUPERSEDED');
    }));

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

  test('when another import has written something since, by a clock that was put back meanwhile', () =>
    withShop(async ({ database: { db }, importOf, serve }) => {
      const { id } = await importOf();
      const startedAt = new Date(Date.now() + 3600_000);
      await db.marketplaceImportJob.update({ where: { id }, data: { startedAt } });
      serve(feed.replace('12.00', '11.00'));
      await importOf({ path: '/other.csv' });
      serve(feed);
      expect(countsOf(await importOf())).toEqual([0, 1, 2, 2, 1, 5]);
    }));

  test('when another import has started over since: what it wrote before is not on record', () =>
    withShop(async ({ database, importOf }) => {
      await importOf();
      const { id } = await importOf({ path: '/other.csv' });
      const restartedAt = new Date();
      await database.db.marketplaceImportJob.update({ where: { id }, data: { restartedAt } });
      expect(rowsWereRead(await importOf())).toBe(true);
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
