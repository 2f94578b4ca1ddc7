// @module-tag import-job
// @module-tag db
import { expect, test } from 'vitest';
import { buildImportJob } from '../../../test/builders.ts';
import { until } from '../../../test/until.ts';
import { withFeedShop, type FeedShop } from '../../../test/feed-shop.ts';
import { pauseAt } from '../../../test/pausing.ts';

type Shop = Pick<FeedShop, 'database' | 'store'>;

const switchOff = {
  store: ({ database: { db }, store: { id } }: Shop) =>
    db.store.update({ where: { id }, data: { active: false } }),
  merchant: ({ database: { db }, store: { merchantId: id } }: Shop) =>
    db.merchant.update({ where: { id }, data: { active: false } }),
};

test.each(['store', 'merchant'] as const)(
  'an import that waits when its %s is switched off is cancelled when its turn comes, and writes nothing',
  (what) =>
    withFeedShop(async (shop) => {
      const { database, store, node, web, serve } = shop;
      serve('id,title,price\nA,Atlas,12.00\n');
      const sourceUrl = `${web.origin}/feed.csv`;
      const { id } = await buildImportJob(database.db, { storeId: store.id, sourceUrl });
      await switchOff[what](shop);
      await node.queue.enqueue(database.db, store.id);
      expect(await node.ended(id)).toMatchObject({ status: 'CANCELLED', totalProcessed: 0 });
    }),
);

test('an import that runs when its store is switched off ends behind the batch that is being written', () =>
  withFeedShop(async (shop) => {
    const { database, serve, importOf } = shop;
    const rows = Array.from({ length: 5_000 }, (_, at) => `P${at},Product ${at},5.00`);
    serve(['id,title,price', ...rows].join('\n'));
    const pause = await pauseAt(database, 'P150');
    const importing = importOf({ batchSize: 100 });
    await pause.reached();
    await switchOff.store(shop);
    const { marketplaceImportJob: jobs } = database.db;
    await until(async () => {
      const { cancelRequestedAt, lastSignAt } = await jobs.findFirstOrThrow();
      return cancelRequestedAt !== null && lastSignAt !== null && lastSignAt > cancelRequestedAt;
    }, 'a sign of life after the end was asked for');
    await pause.release();
    const ended = await importing;
    expect(ended.status).toBe('CANCELLED');
    expect(ended.totalProcessed).toBeLessThan(rows.length);
  }));
