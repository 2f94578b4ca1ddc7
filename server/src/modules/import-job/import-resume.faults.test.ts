// @module-tag import-job
// @module-tag faults
// @module-tag property
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import pg from 'pg';
import { expect, test } from 'vitest';
import { buildImportJob, buildStore } from '../../../test/builders.ts';
import { withDatabase, type TestDatabase } from '../../../test/database.ts';
import { planFaults, prepareFaults, type BatchFault } from '../../../test/faulty-batches.ts';
import { importFeed, type Imported } from '../../../test/importing.ts';
import { benchmarkFeed } from '../../demo/benchmark-feed.ts';
import { FencedError } from '../../pipeline/write/batch.ts';

const faults = fc.constantFrom<BatchFault>('fenced', 'fenced', 'lost', 'conflict', 'deadlock');
/** An import of small batches, and what happens to it. */
const disturbances = fc.record({
  rows: fc.integer({ min: 1, max: 60 }),
  seed: fc.nat(),
  batchSize: fc.integer({ min: 1, max: 8 }),
  connections: fc.integer({ min: 1, max: 2 }),
  plan: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 12 }), faults), {
    selector: ([batch]) => batch,
    maxLength: 8,
  }),
  /** Another session's transactions: which of the accepted ids, how long they stay open, and how they end. */
  intrusions: fc.array(
    fc.record({
      picks: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
      openMs: fc.integer({ min: 0, max: 30 }),
      end: fc.constantFrom('COMMIT', 'ROLLBACK'),
    }),
    { maxLength: 5 },
  ),
});
type Disturbance = typeof disturbances extends fc.Arbitrary<infer T> ? T : never;

const result = ({ refused, codes, errors, products }: Imported) => ({ refused, codes, errors, products });

/** The import, taken up again each time that another attempt has taken the job; and how often that was. */
async function importToTheEnd(
  database: TestDatabase,
  storeId: string,
  feed: Buffer,
  { batchSize, connections }: Disturbance,
) {
  const { id: jobId } = await buildImportJob(database.db, {
    storeId,
    status: 'PROCESSING',
    attempt: 1,
    batchSize,
  });
  for (let attempt = 1; ;) {
    try {
      return {
        imported: await importFeed(database, { feed, batchSize, connections, storeId, jobId, attempt }),
        attempt,
      };
    } catch (error) {
      if (!(error instanceof FencedError)) throw error;
      attempt = (await database.db.marketplaceImportJob.findUniqueOrThrow({ where: { id: jobId } })).attempt;
    }
  }
}

/** Puts products of the feed into the store before the import can; how many stay. */
async function intrude(
  session: pg.Client,
  storeId: string,
  ids: readonly string[],
  { intrusions }: Disturbance,
) {
  let stored = 0;
  for (const { picks, openMs, end } of ids.length > 0 ? intrusions : []) {
    const chosen = picks.map((pick) => ids[pick % ids.length]);
    try {
      await session.query('BEGIN');
      const { rowCount } = await session.query(insertProducts, [storeId, chosen]);
      await wait(openMs);
      await session.query(end);
      if (end === 'COMMIT') stored += rowCount ?? 0;
    } catch {
      // The import and this one waited for each other, and this one had to give way.
      await session.query('ROLLBACK');
    }
  }
  return stored;
}

const insertProducts = `
  INSERT INTO marketplace_products
    (store_id, store_name, marketplace, marketplace_product_id, last_import_job_id, content_hash, brand)
  SELECT $1, 'Shop', 'Letzshop', id, gen_random_uuid(), 'of another', 'Another' FROM unnest($2::text[]) AS id
  ON CONFLICT DO NOTHING`;

const timeout = 300_000;

test(
  'an import that is interrupted and conflicted with leaves what an undisturbed one leaves',
  { timeout },
  () =>
    withDatabase(async (database) => {
      await prepareFaults(database);
      const session = new pg.Client({ connectionString: database.url });
      await session.connect();
      const seen = { imports: 0, takenOver: 0, updated: 0 };
      await fc.assert(
        fc.asyncProperty(disturbances, async (disturbance) => {
          const { rows, seed } = disturbance;
          const feed = Buffer.concat([...benchmarkFeed({ rows, seed, badShare: 0.25 })]);
          await planFaults(database, new Map());
          const expected = await importFeed(database, { feed });
          const ids = expected.products.map(({ id }) => id);
          const { id: storeId } = await buildStore(database.db, { name: 'Shop' });
          await planFaults(database, new Map(disturbance.plan));
          const [{ imported, attempt }, stored] = await Promise.all([
            importToTheEnd(database, storeId, feed, disturbance),
            intrude(session, storeId, ids, disturbance),
          ]);
          expect(result(imported)).toEqual(result(expected));
          const [accepted = 0, , , ...bad] = expected.counts;
          expect(imported.counts).toEqual([accepted - stored, stored, 0, ...bad]);
          seen.imports += 1;
          seen.takenOver += attempt - 1;
          seen.updated += stored;
        }),
        { numRuns: 100 },
      );
      await session.end();
      console.log(
        `${seen.imports} imports, taken over ${seen.takenOver} times, ${seen.updated} products put in before`,
      );
      expect(Math.min(seen.takenOver, seen.updated)).toBeGreaterThan(0);
    }),
);
