// @module-tag import-job
// @module-tag db
import { describe, expect, test } from 'vitest';
import { withFeedShop, type FeedShop } from '../../../test/feed-shop.ts';
import {
  feedOf,
  missingNumbers,
  missingOf,
  publishedNumbers,
  withTen,
} from '../../../test/missing-products.ts';
import type { GoneFromFeed } from '../../generated/prisma/client.ts';
import { updateStoreSettings } from '../store/store.service.ts';
import { MissingNotHeldError } from './import-job.errors.ts';
import { broughtNothingNew } from './import-job.stepper.ts';
import { reviewMissing } from './import-job.review.ts';

describe('a product that the feed has no more', () => {
  test('is missing since that import began, and no more once it returns', () =>
    withTen(async (shop) => {
      shop.serve(feedOf('ABCDEFGH'));
      const second = await shop.importOf();
      expect(missingOf(second)).toEqual(['APPLIED', 2, 0, 8]);
      const gone = await shop.database.db.marketplaceProduct.findFirst({
        where: { marketplaceProductId: 'I' },
      });
      expect(gone?.missingSince).toEqual(second.startedAt);
      shop.serve(feedOf('ABCDEFGHI', '6.00'));
      expect(missingOf(await shop.importOf())).toEqual(['APPLIED', 0, 1, 9]);
      expect(await missingNumbers(shop)).toBe('J');
    }));

  test('stays missing since then while later feeds lack it as well, and nothing is counted twice', () =>
    withTen(async (shop) => {
      shop.serve(feedOf('ABCDEFGHI'));
      const second = await shop.importOf();
      shop.serve(feedOf('ABCDEFGHI', '6.00'));
      expect(missingOf(await shop.importOf())).toEqual(['APPLIED', 0, 0, 9]);
      const gone = await shop.database.db.marketplaceProduct.findFirst({
        where: { missingSince: { not: null } },
      });
      expect(gone?.missingSince).toEqual(second.startedAt);
    }));

  test('is in the feed also when its row is left out, comes twice, or is the only one that changed', () =>
    withTen(async (shop) => {
      const feed = feedOf('ABCDEFGHIJ').replace('B,Title B,5.00', 'B,,5.00').replace('C,Title C', 'C,New');
      shop.serve(`${feed}A,Again,1.00\n`);
      const job = await shop.importOf();
      expect([job.errorCount, ...missingOf(job)]).toEqual([2, 'APPLIED', 0, 0, 10]);
    }));

  const all = feedOf('ABCDEFGHI');
  test.each([
    ['has a cell too many', all.replace('H,Title H', 'H,Title, H'), 'J'],
    ['has a cell too many before its id', all.replace('H,Title H', ',H,Title H'), 'J'],
    [
      'lies in a quote of the row before',
      all.replace('G,Title', 'G,"Title').replace('I,Title', 'I,Title"'),
      'J',
    ],
    ['is cut, since nobody knows what it held', all.replace('H', `H,"${'Title '.repeat(200_000)}"`), ''],
  ])('is not missing when its row cannot be read: it %s', (_how, feed, missing) =>
    withTen(async (shop) => {
      shop.serve(feed);
      const job = await shop.importOf();
      expect(job.errorCount).toBeGreaterThan(0);
      expect([await missingNumbers(shop), job.presentCount]).toEqual([missing, 10 - missing.length]);
    }),
  );

  test('is not missing while the feed of another language has it', () =>
    withTen(async (shop) => {
      shop.serve(feedOf('ABC'));
      expect(missingOf(await shop.importOf({ language: 'DE' }))).toEqual(['APPLIED', 0, 0, 3]);
      shop.serve(feedOf('ABDEFGHI'));
      expect(missingOf(await shop.importOf())).toEqual(['APPLIED', 2, 0, 8]);
      expect(await missingNumbers(shop)).toBe('J');
      shop.serve(feedOf('AB', '6.00'));
      expect(missingOf(await shop.importOf({ language: 'DE' }))).toEqual(['HELD', 1, 0, 3]);
    }));

  test('returns when another language brings it for the first time', () =>
    withTen(async (shop) => {
      shop.serve(feedOf('ABCDEFGH'));
      await shop.importOf();
      shop.serve(feedOf('IX'));
      await shop.importOf({ language: 'FR' });
      expect(await missingNumbers(shop)).toBe('J');
    }));

  test('returns also when that feed breaks off behind it, but not when the language has had it', () =>
    withTen(async (shop) => {
      shop.serve(feedOf('ABCDEFGH'));
      await shop.importOf();
      shop.serve(`${feedOf('IJ', '6.00')}Z,"Z`);
      expect((await shop.importOf()).status).toBe('FAILED');
      expect(await missingNumbers(shop)).toBe('IJ');
      shop.serve(`${feedOf('I')}Z,"Z`);
      expect((await shop.importOf({ language: 'FR' })).status).toBe('FAILED');
      expect(await missingNumbers(shop)).toBe('J');
    }));
});

describe('what the store wants of it', () => {
  test.each([
    ['KEEP', 'ABCDEFGHIJ'],
    ['OUT_OF_STOCK', 'ABCDEFGHIJ'],
    ['UNPUBLISH', 'ABCDEFGH'],
  ] as const)('%s leaves %s published', (goneFromFeed, published) =>
    withTen(async (shop) => {
      shop.serve(feedOf('ABCDEFGH'));
      await shop.importOf();
      expect(await publishedNumbers(shop)).toBe(published);
      shop.serve(feedOf('ABCDEFGHI'));
      await shop.importOf();
      expect(await publishedNumbers(shop)).toBe(published.includes('I') ? published : 'ABCDEFGHI');
    }, goneFromFeed),
  );

  test('what a person publishes again although it is missing stays published', () =>
    withTen(async (shop) => {
      shop.serve(feedOf('ABCDEFGH'));
      await shop.importOf();
      const gone = { storeId: shop.store.id, withdrawnAt: { not: null } };
      await shop.database.db.product.updateMany({
        where: gone,
        data: { publishedAt: new Date(), withdrawnAt: null },
      });
      shop.serve(feedOf('ABCDEFGH', '6.00'));
      await shop.importOf();
      expect(await publishedNumbers(shop)).toBe('ABCDEFGHIJ');
    }, 'UNPUBLISH'));

  test('what has returned without a price is published when it has one of the store’s, and the feed is the same', () =>
    withTen(async (shop) => {
      const { db } = shop.database;
      shop.serve(feedOf('ABCDEFGHI'));
      await shop.importOf();
      shop.serve(feedOf('ABCDEFGHIJ').replace('J,Title J,5.00', 'J,Title J,'));
      await shop.importOf();
      expect(await publishedNumbers(shop)).toBe('ABCDEFGHI');
      await db.product.updateMany({ where: { withdrawnAt: { not: null } }, data: { price: '12.00' } });
      expect(broughtNothingNew(await shop.importOf())).toBe(true);
      expect(await publishedNumbers(shop)).toBe('ABCDEFGHIJ');
    }, 'UNPUBLISH'));

  test('a change of mind is followed at once', () =>
    withTen(async (shop) => {
      const { db } = shop.database;
      shop.serve(feedOf('ABCDEFGH'));
      await shop.importOf();
      const want = (goneFromFeed: GoneFromFeed) =>
        updateStoreSettings(db, async () => undefined, shop.store, { goneFromFeed });
      await want('UNPUBLISH');
      expect(await publishedNumbers(shop)).toBe('ABCDEFGH');
      await want('KEEP');
      expect(await publishedNumbers(shop)).toBe('ABCDEFGHIJ');
    }));
});

describe('nothing is taken from the shop by', () => {
  const broken = `${feedOf('ABC')}D,"Title`;
  test.each([
    ['an empty feed', feedOf(''), 'COMPLETED', ['HELD', 10, 0, 10]],
    ['a feed that shrank by more than the limit', feedOf('ABCDEF'), 'COMPLETED', ['HELD', 4, 0, 10]],
    ['a feed of other products alone', feedOf('KLMNOPQRST'), 'COMPLETED', ['HELD', 10, 0, 20]],
    ['a feed that is refused', 'name,price\nA,5\n', 'FAILED', [null, null, null, null]],
    ['a feed that breaks off', broken, 'FAILED', [null, null, null, null]],
  ] as const)('%s', (_what, feed, status, missing) =>
    withTen(async (shop) => {
      shop.serve(feed);
      const job = await shop.importOf();
      expect([job.status, ...missingOf(job)]).toEqual([status, ...missing]);
      expect(await missingNumbers(shop)).toBe('');
      expect(await publishedNumbers(shop)).toBe('ABCDEFGHIJ');
    }, 'UNPUBLISH'),
  );

  test('a cancelled import', () =>
    withTen(async (shop) => {
      const { db } = shop.database;
      shop.serve(feedOf('ABCDEFGH'));
      await db.$executeRaw`
        CREATE FUNCTION cancel_itself() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN UPDATE marketplace_import_jobs SET cancel_requested_at = now() WHERE id = NEW.id; RETURN NULL; END $$`;
      await db.$executeRaw`
        CREATE TRIGGER cancel_itself AFTER UPDATE OF status ON marketplace_import_jobs
        FOR EACH ROW WHEN (NEW.status = 'PROCESSING' AND NEW.cancel_requested_at IS NULL)
        EXECUTE FUNCTION cancel_itself()`;
      const job = await shop.importOf();
      expect([job.status, ...missingOf(job)]).toEqual(['CANCELLED', null, null, null, null]);
      expect(await missingNumbers(shop)).toBe('');
    }, 'UNPUBLISH'));
});

describe('a question', () => {
  const asked = (use: (shop: FeedShop, id: string) => Promise<void>) =>
    withTen(async (shop) => {
      shop.serve(feedOf('ABCDEF'));
      const { id } = await shop.importOf();
      await use(shop, id);
    }, 'UNPUBLISH');

  test('that is answered with yes makes the products missing since that import, once', () =>
    asked(async (shop, id) => {
      const { db } = shop.database;
      const accepted = await reviewMissing(db, id, true);
      expect(missingOf(accepted)).toEqual(['ACCEPTED', 4, 0, 6]);
      expect([await missingNumbers(shop), await publishedNumbers(shop)]).toEqual(['GHIJ', 'ABCDEF']);
      await expect(reviewMissing(db, id, false)).rejects.toThrow(MissingNotHeldError);
      shop.serve(feedOf('ABCDEF', '6.00'));
      expect(missingOf(await shop.importOf())).toEqual(['APPLIED', 0, 0, 6]);
    }));

  test('that is answered with no changes nothing', () =>
    asked(async (shop, id) => {
      const dismissed = await reviewMissing(shop.database.db, id, false);
      expect(missingOf(dismissed)).toEqual(['DISMISSED', 4, 0, 10]);
      expect([await missingNumbers(shop), await publishedNumbers(shop)]).toEqual(['', 'ABCDEFGHIJ']);
      expect(await shop.database.db.marketplaceImportAbsence.count()).toBe(0);
    }));

  test('is answered by the next complete import, and open while the next one is not', () =>
    asked(async (shop, id) => {
      const { db } = shop.database;
      const reviewOf = async () =>
        (await db.marketplaceImportJob.findUniqueOrThrow({ where: { id } })).missingReview;
      shop.serve('name,price\nA,5\n');
      await shop.importOf();
      expect(await reviewOf()).toBe('HELD');
      shop.serve(feedOf('ABCDEFGHIJ', '6.00'));
      expect(missingOf(await shop.importOf())).toEqual(['APPLIED', 0, 0, 10]);
      expect([await reviewOf(), await db.marketplaceImportAbsence.count()]).toEqual(['SUPERSEDED', 0]);
    }));
});

test('in a store of more products than are looked at in one go', { timeout: 60_000 }, () =>
  withFeedShop(async (shop) => {
    const rows = Array.from({ length: 25_000 }, (_, at) => `N${at},Title,5.00\n`);
    shop.serve(`id,title,price\n${rows.join('')}`);
    await shop.importOf();
    const gone = new Set([0, 9_999, 10_000, 12_345, 24_999]);
    shop.serve(`id,title,price\n${rows.filter((_row, at) => !gone.has(at)).join('')}`);
    expect(missingOf(await shop.importOf())).toEqual(['APPLIED', 5, 0, 24_995]);
    const missing = { missingSince: { not: null } };
    expect(await shop.database.db.marketplaceProduct.count({ where: missing })).toBe(5);
  }),
);

describe('the same bytes again', () => {
  test('bring back what another feed of the language lacked', () =>
    withTen(async (shop) => {
      const all = feedOf('ABCDEFGHIJ');
      shop.serve(feedOf('ABCDEFGH'));
      await shop.importOf({ path: '/other.csv' });
      expect(await missingNumbers(shop)).toBe('IJ');
      shop.serve(all);
      expect(missingOf(await shop.importOf())).toEqual(['APPLIED', 0, 2, 10]);
      expect(missingOf(await shop.importOf())).toEqual(['APPLIED', 0, 0, null]);
      shop.serve(feedOf('ABCDEFGHI'));
      expect(missingOf(await shop.importOf())).toEqual(['APPLIED', 1, 0, 9]);
    }));
});
