// @module-tag import-job
// @module-tag faults
import { expect, test } from 'vitest';
import type { MarketplaceImportJob, Store } from '../../generated/prisma/client.ts';
import { buildStore } from '../../../test/builders.ts';
import { withDatabase, type TestDatabase } from '../../../test/database.ts';
import { until } from '../../../test/until.ts';
import { serveFeeds } from '../../../test/feed-server.ts';
import { readResult, undisturbed } from '../../../test/import-result.ts';
import { spreadOf } from '../../../test/spread.ts';
import { withWorkers } from '../../../test/worker-processes.ts';
import { benchmarkFeed } from '../../demo/benchmark-feed.ts';
import { reconcile } from './import-job.reconcile.ts';

const storeCount = 30;
const jobCount = 300;
/** Of the store that was first. */
const jobsOfGreedyStore = 50;
const versions = 10;
const workerCount = 2;

/** Feeds with the same ids, the same errors and other prices. */
const feedOf = (version: number) =>
  Buffer.concat([...benchmarkFeed({ rows: 200, badShare: 0.05, changedShare: version / versions })]);

const inOrder = (jobs: readonly MarketplaceImportJob[]) =>
  [...jobs].sort((a, b) => (a.startedAt?.getTime() ?? 0) - (b.startedAt?.getTime() ?? 0));

/** Pairs of jobs of one store of which the second began before the first had ended. */
function overlaps(jobs: readonly MarketplaceImportJob[]): string[] {
  const ordered = inOrder(jobs);
  return ordered.flatMap((job, at) => {
    const next = ordered.slice(at + 1).find(({ storeId }) => storeId === job.storeId);
    return next?.startedAt && job.completedAt && next.startedAt < job.completedAt
      ? [`${job.id} ${next.id}`]
      : [];
  });
}

/** For each job, how many began before it of which their stores had had more turns. */
function overtaken(jobs: readonly MarketplaceImportJob[]): number[] {
  const turns = new Map<string, number>();
  const rounds = inOrder(jobs).map(({ storeId }) => {
    const round = (turns.get(storeId) ?? 0) + 1;
    turns.set(storeId, round);
    return round;
  });
  return rounds.map((round, at) => rounds.slice(0, at).filter((earlier) => earlier > round).length);
}

/** Turns that pg-boss still has, by state. */
const openTurns = ({ db }: TestDatabase) => db.$queryRaw<unknown[]>`
  SELECT state::text, count(*)::int FROM pgboss.job WHERE name = 'import-turns' AND state < 'completed' GROUP BY state`;

test('three hundred jobs of thirty stores all end, one a store at a time, in fair turns', async () => {
  const paths = Array.from(
    { length: versions },
    (_, version) => [`/${version}.csv`, feedOf(version)] as const,
  );
  await withDatabase((database) =>
    withWorkers(database, async (workers) => {
      const { db } = database;
      const origin = await serveFeeds(Object.fromEntries(paths));
      const stores: Store[] = [];
      for (let at = 0; at < storeCount; at++)
        stores.push(await buildStore(db, { name: 'Shop', code: `shop-${at}` }));
      const [greedy, ...modest] = stores;
      // The greedy one queues all of its jobs before anybody else has one.
      for (let at = 0; at < jobCount; at++) {
        const store = at < jobsOfGreedyStore ? greedy : modest[at % modest.length];
        await workers.enqueue(store?.code ?? '', `${origin}/${at % versions}.csv`, 100);
      }
      const since = performance.now();
      const nodes = await Promise.all(Array.from({ length: workerCount }, () => workers.start()));
      const memory = () => Promise.all(nodes.map((node) => node.memory()));
      const endedJobs = () => db.marketplaceImportJob.count({ where: { completedAt: { not: null } } });
      await until(async () => (await endedJobs()) >= 100, 'the hundredth end');
      const early = await memory();
      await until(async () => (await endedJobs()) === jobCount, 'the last end');
      const late = await memory();
      console.log(`${jobCount} jobs took ${((performance.now() - since) / 1000).toFixed(1)} s`);
      console.log(`MB after 100 jobs: ${JSON.stringify(early)}, after ${jobCount}: ${JSON.stringify(late)}`);

      const jobs = await db.marketplaceImportJob.findMany();
      expect(
        jobs.filter(({ status, attempt }) => status !== 'COMPLETED_WITH_ERRORS' || attempt !== 1),
      ).toEqual([]);
      expect(overlaps(jobs)).toEqual([]);
      expect(nodes.flatMap(({ faults }) => faults)).toEqual([]);
      for (const [at, { rss, heap }] of late.entries()) {
        // What a process has been given it keeps for a while; what is alive does not grow.
        expect(rss).toBeLessThan((early[at]?.rss ?? 0) + 80);
        expect(heap).toBeLessThan((early[at]?.heap ?? 0) + 5);
      }

      const order = inOrder(jobs).map(({ storeId }) => storeId);
      const firsts = modest.map(({ id }) => order.indexOf(id));
      const before = firsts.map((first) => order.slice(0, first).filter((id) => id === greedy?.id).length);
      console.log(spreadOf('position of a store’s first job', firsts, 'of 300'));
      console.log(spreadOf('jobs of the greedy store before it', before, 'jobs'));
      console.log(spreadOf('overtaken by jobs of later rounds', overtaken(jobs), 'jobs'));
      expect(Math.max(...before)).toBeLessThanOrEqual(workerCount);
      expect(Math.max(...overtaken(jobs))).toBeLessThanOrEqual(2 * workerCount);

      await until(async () => (await openTurns(database)).length === 0, 'the end of the last turn');
      expect(await reconcile(db, workers.queue)).toEqual([]);
      expect(await openTurns(database)).toEqual([]);
    }),
  );
});

test('after many imports a store holds what its last feed has', async () => {
  const expected = await undisturbed({ feed: feedOf(9), batchSize: 100 });
  await withDatabase((database) =>
    withWorkers(database, async (workers) => {
      const paths = Array.from(
        { length: versions },
        (_, version) => [`/${version}.csv`, feedOf(version)] as const,
      );
      const origin = await serveFeeds(Object.fromEntries(paths));
      const { id, code } = await buildStore(database.db, { name: 'Shop' });
      const jobs: string[] = [];
      for (let version = 0; version < versions; version++) {
        jobs.push(await workers.enqueue(code, `${origin}/${version}.csv`, 100));
      }
      await Promise.all([workers.start(), workers.start()]);
      const last = jobs.at(-1) ?? '';
      await workers.ended(last);
      const { errors, products, translations } = await readResult(database, id, last);
      expect({ errors, products, translations }).toEqual({
        errors: expected.errors,
        products: expected.products,
        translations: expected.translations,
      });
    }),
  );
});
