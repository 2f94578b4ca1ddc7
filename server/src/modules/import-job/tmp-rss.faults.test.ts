// @module-tag import-job
// @module-tag faults
import { test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { withDatabase } from '../../../test/database.ts';
import { serveFeeds } from '../../../test/feed-server.ts';
import { eventually, withWorkers } from '../../../test/worker-processes.ts';
import { benchmarkFeed } from '../../demo/benchmark-feed.ts';
const feedOf = (version: number) =>
  Buffer.concat([...benchmarkFeed({ rows: 200, badShare: 0.05, changedShare: version / 10 })]);
test('x', async () => {
  const paths = Array.from({ length: 10 }, (_, version) => [`/${version}.csv`, feedOf(version)] as const);
  await withDatabase((database) =>
    withWorkers(database, async (workers) => {
      const origin = await serveFeeds(Object.fromEntries(paths));
      const stores: string[] = [];
      for (let at = 0; at < 10; at++) stores.push((await buildStore(database.db)).code);
      for (let at = 0; at < 1000; at++) await workers.enqueue(stores[at % 10] ?? '', `${origin}/${(at + Math.floor(at / 10)) % 10}.csv`, 100);
      const w = await workers.start();
      for (let n = 100; n <= 1000; n += 100) {
        await eventually('n', async () => (await database.db.marketplaceImportJob.count({ where: { completedAt: { not: null } } })) >= n);
        console.log(`after ${n}: ${await w.rssMb()} MB`);
      }
    }),
  );
});
