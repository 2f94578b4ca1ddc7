// @module-tag import-job
// @module-tag db
// @module-tag process
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { withDatabase, type TestDatabase } from '../../../test/database.ts';
import { until } from '../../../test/until.ts';
import { serveFeeds } from '../../../test/feed-server.ts';
import { holdImports } from '../../../test/holding.ts';
import { endProgramsAfterTests, startProgram, temporaryFolder } from '../../../test/programs.ts';
import { withWorkers } from '../../../test/worker-processes.ts';
import { benchmarkFeed } from '../../demo/benchmark-feed.ts';
import { sessionName } from './import-job.claim.ts';

const feed = Buffer.concat([...benchmarkFeed({ rows: 6_000, badShare: 0 })]);
const batchSize = 100;
const folder = temporaryFolder();
endProgramsAfterTests();

/** From now on the database notes of each batch when its transaction began, and when it was about to end. */
async function noteSpans({ db }: TestDatabase): Promise<void> {
  await db.$executeRawUnsafe('CREATE TABLE batch_spans (batch int, began timestamptz, ended timestamptz)');
  await db.$executeRawUnsafe(`
    CREATE FUNCTION note_span() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO batch_spans VALUES (NEW.batch_number, transaction_timestamp(), clock_timestamp());
      RETURN NULL;
    END $$`);
  await db.$executeRawUnsafe(`
    CREATE TRIGGER note_span AFTER INSERT ON marketplace_import_batches
    FOR EACH ROW EXECUTE FUNCTION note_span()`);
}

/** How many batches were written at the same time as another one. */
async function countSideBySide({ db }: TestDatabase, batches: readonly number[]): Promise<number> {
  const [found] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM batch_spans a
    WHERE a.batch = ANY (${batches}) AND EXISTS (
      SELECT FROM batch_spans b
      WHERE b.batch = ANY (${batches}) AND b.batch <> a.batch AND b.began < a.ended AND a.began < b.ended
    )`;
  return Number(found?.count ?? 0);
}

/** The batches on record, in the order of their ends. */
async function spannedBatches({ db }: TestDatabase): Promise<number[]> {
  const spans = await db.$queryRaw<{ batch: number }[]>`SELECT batch FROM batch_spans ORDER BY ended`;
  return spans.map(({ batch }) => batch);
}

test('a server writes two batches at a time, and one while somebody asks it for something', async () => {
  await withDatabase((database) =>
    withWorkers(database, async (workers) => {
      await noteSpans(database);
      const hold = await holdImports(database);
      await hold.after(10);
      const { code: storeCode } = await buildStore(database.db);
      const feeds = await serveFeeds({ '/feed.csv': feed });
      const server = startProgram('main.ts', {
        env: {
          ...{ DATABASE_URL: database.url, DATA_DIR: join(folder, '.data'), PORT: '0', DEMO: 'off' },
          ...{ FEED_ALLOWED_ADDRESSES: '127.0.0.1:*', IMPORT_CONNECTIONS: '2' },
        },
      });
      const [, origin = ''] = await server.says(/Ready: (http:\/\/localhost:\d+)/);
      const jobId = await workers.enqueue(storeCode, `${feeds}/feed.csv`, batchSize);
      await until(async () => {
        const held = await database.db.$queryRaw<unknown[]>`
          SELECT FROM pg_stat_activity WHERE application_name = ${sessionName(jobId)} AND wait_event = 'advisory'`;
        return held.length === 2;
      }, 'a batch on each connection');

      const before = (await spannedBatches(database)).length;
      const ask = () => fetch(`${origin}/graphql?query=%7B__typename%7D`);
      expect((await ask()).status).toBe(200);
      await hold.after(50);
      await until(async () => {
        await ask();
        return (await spannedBatches(database)).length >= 50;
      }, 'the last of many batches');
      const batches = await spannedBatches(database);
      // They come one by one, behind the two that were held beside each other.
      expect(await countSideBySide(database, batches.slice(before + 2))).toBe(0);
      expect(await countSideBySide(database, batches.slice(before, before + 2))).toBe(2);

      await hold.lift();
      expect((await workers.ended(jobId)).status).toBe('COMPLETED');
      server.signal('SIGINT');
      expect((await server.ended).status).toBe(0);
    }),
  );
}, 120_000);
