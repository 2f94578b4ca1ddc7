// @module-tag import-job
// @module-tag db
import { expect, test } from 'vitest';
import { feedOf, missingOf, publishedNumbers, withTen } from '../../../test/missing-products.ts';
import { pauseAtMissing, waitForLocks } from '../../../test/pausing.ts';
import { updateStoreSettings } from '../store/store.service.ts';

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
