// @module-tag pipeline
// @module-tag db
import pg from 'pg';
import { expect, test } from 'vitest';
import { buildStore } from '../../test/builders.ts';
import { withDatabase, type TestDatabase } from '../../test/database.ts';
import { until } from '../../test/until.ts';
import { importFeed, withTask } from '../../test/importing.ts';
import { pauseAt, waitsFor } from '../../test/pausing.ts';
import { luxembourg } from '../../test/reading.ts';
import { ImportPool } from '../modules/import-job/import-pool.ts';
import { RecentUse } from '../shared/recent-use.ts';
import { StepTimes } from '../shared/step-times.ts';
import { openSpooledFeed } from './feed.ts';
import type { ImportTask } from './run.ts';
import { spoolEntry } from './spool.ts';
import type { MappedRow, NormalisedRow } from './types.ts';
import { write } from './write.ts';

const rows = (count: number) =>
  Array.from({ length: count }, (_, at) => `P${at},Product ${at},${at}.50`).join('\n');
const feed = `id,title,price\n${rows(12)}`;

test('a product that someone else inserts meanwhile is updated instead, and nothing is lost', () =>
  withDatabase(async (database) => {
    const { id: storeId } = await buildStore(database.db);
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    await other.query('BEGIN');
    await other.query(
      `INSERT INTO marketplace_products (store_id, store_name, marketplace, marketplace_product_id, content_hash, last_import_job_id, updated_at)
       VALUES ($1, 'Shop', 'Letzshop', 'P5', 'x', $1, now())`,
      [storeId],
    );
    const running = importFeed(database, { feed, storeId, batchSize: 4, connections: 2 });
    await waitsFor(database, 'transactionid');
    await other.query('COMMIT');
    await other.end();
    const { counts, products } = await running;
    expect(counts).toEqual([11, 1, 0, 0, 0]);
    expect(products.find(({ id }) => id === 'P5')).toMatchObject({
      shared: { price: 5.5 },
      translations: { EN: { title: 'Product 5' } },
    });
  }));

test('B27 two imports of one store at once leave each product once, with the values of one of them', () =>
  withDatabase(async (database) => {
    const { id: storeId } = await buildStore(database.db);
    const large = `id,title,price\n${rows(2000)}`;
    const both = [large, large.replaceAll('Product', 'Other')].map((each) =>
      importFeed(database, { feed: each, storeId, batchSize: 100, connections: 2 }),
    );
    const [one, two] = await Promise.all(both);
    for (const imported of [one, two])
      expect(imported?.counts.reduce((sum, count) => sum + count)).toBe(2000);
    const { products, counts } = await importFeed(database, { feed: large, storeId });
    expect([products.length, counts[0]]).toEqual([2000, 0]);
  }));

test('a connection that is lost in the middle of a batch costs nothing', () =>
  withDatabase(async (database) => {
    const pause = await pauseAt(database, 'P5');
    const running = importFeed(database, { feed, batchSize: 4 });
    await pause.reached();
    await endWaiting(database);
    await pause.release();
    const { outcome, counts, products } = await running;
    expect([outcome?.kind, counts, products.length]).toEqual(['finished', [12, 0, 0, 0, 0], 12]);
  }));

const endWaiting = ({ db }: TestDatabase) => db.$queryRaw`
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event = 'advisory'`;

interface Written {
  readonly task: ImportTask;
  readonly read?: (
    rows: readonly MappedRow[],
    usual: () => Promise<NormalisedRow[]>,
  ) => Promise<NormalisedRow[]>;
  readonly readsAhead?: boolean;
  readonly events?: string[];
}

/** Writes a task's feed in batches of one row, as `runImport` does, but with a reader of the test's own. */
async function writeRows({ task, read = (_, usual) => usual(), readsAhead = true, events = [] }: Written) {
  const { feedPath: path } = spoolEntry(task.spoolFolder, task.jobId);
  const opened = await openSpooledFeed({ path, bytes: 0, sha256: '', etag: null, charset: null }, luxembourg);
  const { sourceKey, columns } = opened;
  async function* batches() {
    for await (const batch of opened.batches(1)) {
      events.push(`read ${batch.number}`);
      yield batch;
    }
  }
  await write(
    batches(),
    { ...task, storeIsNew: false, language: 'EN', sourceKey, columns },
    (each) => read(each, () => opened.read(each)),
    {
      ...{ database: task, connections: 2, connectionsNow: () => 2, readsAhead: () => readsAhead },
      ...{ done: new Map(), times: new StepTimes(), signal: new AbortController().signal },
      onBatch: ({ number }) => void events.push(`written ${number}`),
    },
  );
}

test('a batch that fails ends the import, also when another waits for its faults', () =>
  withDatabase((database) =>
    withTask(database, { feed }, async (task) => {
      const second = Promise.withResolvers<void>();
      const read = async ([mapped]: readonly MappedRow[], usual: () => Promise<NormalisedRow[]>) => {
        if (mapped?.row.rowNumber === 1) {
          await second.promise;
          throw new Error('broken reader');
        }
        const normalised = await usual();
        second.resolve();
        return normalised;
      };
      const writing = writeRows({ task, read });
      await expect(writing).rejects.toThrow('broken reader');
    }),
  ));

test.each([
  ['while one is written', true, ['read 1', 'read 2', 'written 1']],
  [
    'behind it where that is wanted',
    false,
    ['read 1', 'written 1', 'read 2', 'written 2', 'read 3', 'written 3'],
  ],
])('the next batch is read %s', (_when, readsAhead, expected) =>
  withDatabase((database) =>
    withTask(database, { feed: 'id,title\nP1,a\nP2,b\nP3,c\n' }, async (task) => {
      const events: string[] = [];
      await writeRows({ task, readsAhead, events });
      expect(events.filter((event) => expected.includes(event))).toEqual(expected);
    }),
  ),
);

/** Resolves when an import in a thread of its own is seen to write its third batch with so many sessions. */
async function writesWith(database: TestDatabase, sessions: number, use: RecentUse): Promise<void> {
  const pause = await pauseAt(database, 'P9');
  await withTask(database, { feed, batchSize: 4, connections: 2, use }, async (task) => {
    const databaseUrl = new URL(task.databaseUrl);
    databaseUrl.searchParams.set('application_name', 'lane');
    const pool = new ImportPool(1);
    const { outcome } = pool.start({ ...task, databaseUrl: databaseUrl.href }, () => undefined);
    await pause.reached();
    // The one that has read the checkpoint may take a moment to go.
    await until(async () => {
      const lanes = await database.db.$queryRaw<unknown[]>`
        SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'lane'`;
      return lanes.length === sessions;
    }, `${sessions} sessions`);
    await pause.release();
    expect(await outcome).toMatchObject({ kind: 'finished', report: { importedCount: 12 } });
    await pool.close();
  });
}

test('an import writes with two connections', () =>
  withDatabase((database) => writesWith(database, 2, new RecentUse())));

test('an import writes with one connection while somebody uses its process', () =>
  withDatabase(async (database) => {
    const use = new RecentUse();
    const using = setInterval(() => use.note(), 100);
    use.note();
    await writesWith(database, 1, use).finally(() => clearInterval(using));
  }));

test('in its own thread an import says how it goes, and ends as any other', () =>
  withDatabase((database) =>
    withTask(database, { feed: `${feed}\nP0,again,5`, batchSize: 4, connections: 2 }, async (task) => {
      const pool = new ImportPool(1);
      const phases = new Set<string>();
      const { outcome } = pool.start(task, (message) => {
        if (message !== 'alive') phases.add(message.phase);
      });
      expect(await outcome).toMatchObject({ kind: 'finished', report: { importedCount: 12, errorCount: 1 } });
      await pool.close();
      expect([...phases]).toEqual(['read', 'rows', 'report']);
    }),
  ));

const columns = Array.from({ length: 1020 }, (_, at) => `c${at}`);
test.each([
  ['a thousand columns that are no attribute', columns.join(), columns.map(() => 'abc').join(), 4_000],
  ['a hundred faults in each row', 'gtin', `"${'x,'.repeat(110)}"`, 12_000],
])('in its own thread an import has room for %s', { timeout: 60_000 }, (_what, header, cells, count) =>
  withDatabase((database) => {
    const rows = Array.from({ length: count }, (_, at) => `P${at},Chair,5.00,${cells}`);
    const large = [`id,title,price,${header}`, ...rows].join('\n');
    return withTask(database, { feed: large, batchSize: 5_000, connections: 2 }, async (task) => {
      const pool = new ImportPool(1);
      const { outcome } = pool.start(task, () => undefined);
      expect(await outcome).toMatchObject({ kind: 'finished', report: { importedCount: count } });
      await pool.close();
    });
  }),
);

test('in its own thread a refusal comes back as a code, and the thread takes the next import', () =>
  withDatabase(async (database) => {
    const pool = new ImportPool(1);
    const outcomeOf = (text: string) =>
      withTask(database, { feed: text }, (task) => pool.start(task, () => undefined).outcome);
    expect(await outcomeOf('id,title\n1,"a\n')).toMatchObject({ kind: 'refused', code: 'UNCLOSED_QUOTE' });
    expect(await outcomeOf('a,b\n')).toMatchObject({ kind: 'refused', code: 'NO_ID_COLUMN' });
    expect(await outcomeOf(feed)).toMatchObject({ kind: 'finished' });
    await pool.close();
  }));
