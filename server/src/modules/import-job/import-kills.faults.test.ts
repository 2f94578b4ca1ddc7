// @module-tag import-job
// @module-tag faults
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { withDatabase } from '../../../test/database.ts';
import { serveFeeds } from '../../../test/feed-server.ts';
import { holdImports, type ImportHold } from '../../../test/holding.ts';
import { readResult, undisturbed, type ImportResult } from '../../../test/import-result.ts';
import { spreadOf } from '../../../test/spread.ts';
import { withWorkers, type Workers } from '../../../test/worker-processes.ts';
import { benchmarkFeed } from '../../demo/benchmark-feed.ts';
import { benchmarkFeedSummary } from '../../demo/benchmark-rows.ts';
import { randomOf, type Random } from '../../demo/random.ts';

const seed = process.env['FAULTS_SEED'] ?? String(Date.now() % 1_000_000);
/** A tenth is refused, and there are more warnings of a code than are kept. */
const feedOptions = { rows: 100_000, badShare: 0.1 };
const batches = 100;
/** Two batches are written at a time: the last two may both begin before the first of them counts, and neither waits. */
const lastHeld = batches - 2;
const jobs = 10;
const killsPerJob = 2;
/** So many databases at a time, each with two workers; a job may lose two of them and be finished by the third. */
const lanes = [1, 2, 3];

test('an import whose worker is killed at random moments ends as one that nobody disturbs', async () => {
  console.log(`FAULTS_SEED=${seed}`);
  const feed = Buffer.concat([...benchmarkFeed(feedOptions)]);
  const sourceUrl = `${await serveFeeds({ '/feed.csv': feed })}/feed.csv`;
  const expected = await undisturbed({ feed, batchSize: 1000 });
  const { errors } = benchmarkFeedSummary(feedOptions);
  expect(expected.counts[3]).toBe(Object.values(errors).reduce((sum, count) => sum + count));
  expect(expected.counts.slice(0, 4).reduce((sum, count) => sum + count)).toBe(feedOptions.rows);

  let started = 0;
  const seconds: number[] = [];
  const runLane = (lane: number) =>
    withDatabase((database) =>
      withWorkers(database, async (workers) => {
        const random = randomOf(seed, lane);
        const hold = await holdImports(database);
        await Promise.all([workers.start(), workers.start()]);
        while (started++ < jobs) {
          seconds.push(...(await importUnderFire(workers, hold, sourceUrl, expected, random)));
        }
      }),
    );
  await Promise.all(lanes.map(runLane));
  console.log(spreadOf('claimed again after the death of a worker', seconds, 's'));
  expect(seconds).toHaveLength(jobs * killsPerJob);
  expect(Math.max(...seconds)).toBeLessThan(15);
});

/** Kills the worker of one job twice, each time putting another in its place; seconds from death to claim. */
async function importUnderFire(
  workers: Workers,
  hold: ImportHold,
  sourceUrl: string,
  expected: ImportResult,
  random: Random,
): Promise<number[]> {
  const store = await buildStore(workers.database.db, { name: 'Shop' });
  await hold.after(random.between(1, 80));
  const jobId = await workers.enqueue(store.code, sourceUrl);
  const seconds: number[] = [];
  for (let attempt = 1; attempt <= killsPerJob; attempt++) {
    const { by } = await workers.claimed(jobId, attempt);
    await randomMoment(hold, jobId, random);
    by.signal('SIGKILL');
    await by.ended;
    const diedAt = performance.now();
    const done = await workers.database.db.marketplaceImportBatch.count({ where: { jobId } });
    await hold.after(attempt === killsPerJob ? batches : random.between(Math.min(done, lastHeld), lastHeld));
    await workers.start();
    seconds.push(((await workers.claimed(jobId, attempt + 1)).at - diedAt) / 1000);
  }
  const job = await workers.ended(jobId);
  expect(job).toMatchObject({ status: 'COMPLETED_WITH_ERRORS', attempt: 3, interruptions: 2 });
  const { importedCount, updatedCount, unchangedCount, errorCount, warningCount, totalRows } = job;
  expect([importedCount, updatedCount, unchangedCount, errorCount, warningCount]).toEqual(expected.counts);
  expect(totalRows).toBe(feedOptions.rows);
  expect(await readResult(workers.database, store.id, jobId)).toEqual(expected);
  return seconds;
}

/** One time in four soon after the claim, else a little after the batch that is held: within one, or between two. */
async function randomMoment(hold: ImportHold, jobId: string, random: Random): Promise<void> {
  if (random.chance(0.25)) return wait(random.below(800));
  await hold.reached(jobId);
  // It goes on, but not to its end.
  await hold.after(lastHeld);
  await wait(random.below(30));
}
