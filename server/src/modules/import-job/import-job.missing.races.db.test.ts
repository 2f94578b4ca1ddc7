// @module-tag import-job
// @module-tag db
import { expect, test } from 'vitest';
import {
  feedOf,
  missingNumbers,
  missingOf,
  publishedNumbers,
  withTen,
} from '../../../test/missing-products.ts';
import { pauseAt, pauseAtChange, pauseAtEnd, pauseAtMissing, waitForLocks } from '../../../test/pausing.ts';
import { withFeedShop, type FeedShop } from '../../../test/feed-shop.ts';
import { updateStoreSettings } from '../store/store.service.ts';
import { MissingNotHeldError, NewerImportRunningError } from './import-job.errors.ts';
import { reviewMissing } from './import-job.review.ts';

/** A shop whose second import lacks G to J and asks about it. */
const asked = (use: (shop: FeedShop, id: string) => Promise<void>) =>
  withTen(async (shop) => {
    shop.serve(feedOf('ABCDEF'));
    const { id } = await shop.importOf();
    await use(shop, id);
  }, 'UNPUBLISH');

test.each([
  ['UNPUBLISH', 'KEEP', 'ABCDEFGHIJ'],
  ['KEEP', 'UNPUBLISH', 'ABCDEFGH'],
] as const)('a change of mind from %s to %s while an import ends is followed', (before, wanted, published) =>
  withTen(async (shop) => {
    const { database } = shop;
    const pause = await pauseAtMissing(database);
    shop.serve(feedOf('ABCDEFGH'));
    const importing = shop.importOf();
    await pause.reached();
    const change = { goneFromFeed: wanted };
    const changing = updateStoreSettings(database.db, async () => undefined, shop.store, change);
    await Promise.race([changing, waitForLocks(database, 2)]);
    await pause.release();
    expect(missingOf(await importing)).toEqual(['APPLIED', 2, 0, 8]);
    await changing;
    expect(await publishedNumbers(shop)).toBe(published);
  }, before),
);

test.each([
  ['changes nothing', '5.00'],
  ['changes all products', '6.00'],
])(
  'an import that %s and begins while a question is being answered compares what that left',
  (_what, price) =>
    asked(async (shop, id) => {
      const { database } = shop;
      const pause = await pauseAtMissing(database);
      const answering = reviewMissing(database.db, id, true);
      await pause.reached();
      shop.serve(feedOf('ABCDEFGHIJ', price));
      const importing = shop.importOf();
      await waitForLocks(database, 2);
      await pause.release();
      expect(missingOf(await answering)).toEqual(['ACCEPTED', 4, 0, 6]);
      const job = await importing;
      expect([job.attempt, ...missingOf(job)]).toEqual([1, 'APPLIED', 0, 4, 10]);
      expect([await missingNumbers(shop), await publishedNumbers(shop)]).toEqual(['', 'ABCDEFGHIJ']);
    }),
);

test('a yes is refused while a newer import of the language runs, which then answers the question', () =>
  asked(async (shop, id) => {
    const { database } = shop;
    const pause = await pauseAt(database, 'K');
    shop.serve(feedOf('ABCDEFGHIJK'));
    const importing = shop.importOf();
    await pause.reached();
    await expect(reviewMissing(database.db, id, true)).rejects.toThrow(NewerImportRunningError);
    await pause.release();
    expect(missingOf(await importing)).toEqual(['APPLIED', 0, 0, 11]);
    await expect(reviewMissing(database.db, id, true)).rejects.toThrow(MissingNotHeldError);
    expect([await missingNumbers(shop), await publishedNumbers(shop)]).toEqual(['', 'ABCDEFGHIJ']);
  }));

test.each([
  ['a no', 'EN', false, ['DISMISSED', 4, 0, 10]],
  ['a yes', 'FR', true, ['ACCEPTED', 4, 0, 6]],
] as const)('%s is taken while an import in %s runs', (_answer, language, accept, review) =>
  asked(async (shop, id) => {
    const { database } = shop;
    const pause = await pauseAt(database, 'K');
    shop.serve(feedOf('ABK', '6.00'));
    const importing = shop.importOf({ language });
    await pause.reached();
    expect(missingOf(await reviewMissing(database.db, id, accept))).toEqual(review);
    await pause.release();
    expect((await importing).status).toBe('COMPLETED');
  }),
);

test('a question that the end of an import is just answering is not answered by others', () =>
  asked(async (shop, id) => {
    const { database } = shop;
    const pause = await pauseAtEnd(database);
    shop.serve(feedOf('ABCDEFGHIJ', '6.00'));
    const importing = shop.importOf();
    await pause.reached();
    const answers = [true, false].map((accept) => reviewMissing(database.db, id, accept));
    const refused = Promise.allSettled(answers);
    await waitForLocks(database, 3);
    await pause.release();
    for (const answer of await refused) expect(answer).toMatchObject({ reason: new MissingNotHeldError() });
    expect(missingOf(await importing)).toEqual(['APPLIED', 0, 0, 10]);
    expect(await missingNumbers(shop)).toBe('');
  }));

test('whoever shows a question hears that a later import has answered it', () =>
  asked(async (shop, id) => {
    const before = shop.announced.filter((job) => job.id === id).at(-1);
    shop.serve(feedOf('ABCDEFGHIJ', '6.00'));
    await shop.importOf();
    const after = shop.announced.filter((job) => job.id === id).at(-1);
    expect(after).toMatchObject({ missingReview: 'SUPERSEDED', store: { code: shop.store.code } });
    expect(after?.revision).toBeGreaterThan(before?.revision ?? Infinity);
    expect(await shop.database.db.marketplaceImportAbsence.count()).toBe(0);
  }));

test('an answer and an import in another language wait for each other in one order, whatever came first', () =>
  withFeedShop(async (shop) => {
    const { database } = shop;
    // A comes last: its number in the database is the largest.
    for (const numbers of ['BCDEFGHIJ', 'ABCDEFGHIJ']) {
      shop.serve(feedOf(numbers));
      await shop.importOf();
    }
    shop.serve(feedOf('ABCDEFGHIJ'));
    await shop.importOf({ path: '/fr.csv', language: 'FR' });
    shop.serve(feedOf('EFGHIJ'));
    const { id } = await shop.importOf();
    const pause = await pauseAtChange(database, 'A');
    shop.serve(feedOf('ABCDEFGHIJ', '6.00'));
    const importing = shop.importOf({ path: '/fr.csv', language: 'FR' });
    await pause.reached();
    const answering = reviewMissing(database.db, id, true);
    await waitForLocks(database, 2);
    await pause.release();
    expect(missingOf(await answering)).toEqual(['ACCEPTED', 4, 0, 6]);
    expect(await importing).toMatchObject({ status: 'COMPLETED', attempt: 1, updatedCount: 10 });
  }));
