// @module-tag import-job
// @module-tag faults
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { withDatabase } from '../../../test/database.ts';
import { serveFeeds } from '../../../test/feed-server.ts';
import { readResult, undisturbed, type ImportResult } from '../../../test/import-result.ts';
import { withWorkers, type WorkerProcess, type Workers } from '../../../test/worker-processes.ts';
import { benchmarkFeed } from '../../demo/benchmark-feed.ts';
import { benchmarkFeedSummary } from '../../demo/benchmark-rows.ts';

const options = { rows: 20_000, badShare: 0.05 };
const feed = Buffer.concat([...benchmarkFeed(options)]);
const batchSize = 250;

/** The same records from the last to the first. */
function upsideDown(): Buffer {
  const records = parse(feed, { raw: true, relax_column_count: true }) as unknown as { raw: string }[];
  const [header = '', ...rows] = records.map(({ raw }) => raw.trimEnd());
  expect(rows).toHaveLength(options.rows);
  return Buffer.from([header, ...rows.toReversed()].join('\n'));
}

/** Two processes that run up to ten imports between them. */
function withCrowd(
  feeds: Readonly<Record<string, Buffer>>,
  use: (workers: Workers, origin: string) => Promise<void>,
): Promise<void> {
  return withDatabase((database) =>
    withWorkers(database, async (workers) => {
      const origin = await serveFeeds(feeds);
      const nodes: WorkerProcess[] = await Promise.all([
        workers.start({ concurrency: 5 }),
        workers.start({ concurrency: 5 }),
      ]);
      await use(workers, origin);
      expect(nodes.flatMap(({ faults }) => faults)).toEqual([]);
    }),
  );
}

/** One import for each of the stores, all at once, each in one attempt. */
async function importAll(workers: Workers, urls: readonly string[]): Promise<ImportResult[]> {
  const stores = await Promise.all(urls.map(() => buildStore(workers.database.db, { name: 'Shop' })));
  const jobIds = await Promise.all(
    urls.map((url, at) => workers.enqueue(stores[at]?.code ?? '', url, batchSize)),
  );
  const results: ImportResult[] = [];
  for (const [at, jobId] of jobIds.entries()) {
    expect(await workers.ended(jobId)).toMatchObject({ status: 'COMPLETED_WITH_ERRORS', attempt: 1 });
    results.push(await readResult(workers.database, stores[at]?.id ?? '', jobId));
  }
  return results;
}

test('ten stores at a time import as each of them does alone', async () => {
  const expected = await undisturbed({ feed, batchSize });
  await withCrowd({ '/feed.csv': feed }, async (workers, origin) => {
    const results = await importAll(
      workers,
      Array.from({ length: 10 }, () => `${origin}/feed.csv`),
    );
    expect(results).toEqual(Array.from({ length: 10 }, () => expected));
  });
});

test('two stores with the same ids in opposite order do not get in each other’s way', async () => {
  const reversed = upsideDown();
  const expected = [await undisturbed({ feed, batchSize }), await undisturbed({ feed: reversed, batchSize })];
  await withCrowd({ '/down.csv': feed, '/up.csv': reversed }, async (workers, origin) => {
    expect(await importAll(workers, [`${origin}/down.csv`, `${origin}/up.csv`])).toEqual(expected);
  });
});

test('two imports of one store come one after the other, in the order in which they were asked for', async () => {
  const changes = { ...options, changedShare: 0.1 };
  const changedFeed = Buffer.concat([...benchmarkFeed(changes)]);
  const alone = await undisturbed({ feed: changedFeed, batchSize });
  const [imported = 0, , , ...rest] = alone.counts;
  const { changed } = benchmarkFeedSummary(changes);
  await withCrowd({ '/1.csv': feed, '/2.csv': changedFeed }, async (workers, origin) => {
    const { id, code } = await buildStore(workers.database.db, { name: 'Shop' });
    const first = await workers.enqueue(code, `${origin}/1.csv`, batchSize);
    const second = await workers.enqueue(code, `${origin}/2.csv`, batchSize);
    const { startedAt } = await workers.ended(second);
    const { completedAt, importedCount } = await workers.ended(first);
    expect(importedCount).toBe(imported);
    expect(startedAt?.getTime()).toBeGreaterThanOrEqual(completedAt?.getTime() ?? NaN);
    const counts = [0, changed, imported - changed, ...rest];
    expect(await readResult(workers.database, id, second)).toEqual({ ...alone, counts });
  });
});
