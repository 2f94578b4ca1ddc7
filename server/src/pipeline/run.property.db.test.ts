// @module-tag pipeline
// @module-tag db
// @module-tag property
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withDatabase, type TestDatabase } from '../../test/database.ts';
import { importFeed, type Imported } from '../../test/importing.ts';
import { randomFeeds, type RandomFeed } from '../../test/random-feeds.ts';
import { readFeed } from '../../test/reading.ts';
import { readVersions } from '../../test/stored.ts';

const timeout = 120_000;

/** Holds for every feed; all share a database, each has stores of its own. */
const forAllFeeds = (numRuns: number, holds: (database: TestDatabase, feed: RandomFeed) => Promise<void>) =>
  withDatabase((database) =>
    fc.assert(
      fc.asyncProperty(randomFeeds, (feed) => holds(database, feed)),
      { numRuns },
    ),
  );

const result = ({ refused, counts, codes, errors, products }: Imported) => ({
  refused,
  counts,
  codes,
  errors,
  products,
});
const rowsOf = ({ counts }: Imported) => counts.slice(0, 4).reduce((sum, count) => sum + count, 0);

test('what is stored, and what is said, does not depend on batches and connections', { timeout }, () =>
  forAllFeeds(25, async (database, { text }) => {
    const feed = text('Chair');
    const expected = await importFeed(database, { feed, batchSize: 1000 });
    for (const [batchSize, connections] of [
      [1, 1],
      [3, 2],
      [10, 2],
      [4, 1],
    ] as const) {
      expect(result(await importFeed(database, { feed, batchSize, connections }))).toEqual(result(expected));
    }
  }),
);

test('every row has one outcome, and what is stored is what the pipeline reads', { timeout }, () =>
  forAllFeeds(40, async (database, { text }) => {
    const imported = await importFeed(database, { feed: text('Chair'), batchSize: 7 });
    const { rows } = await readFeed(text('Chair'));
    const accepted = rows.filter(({ errorType }) => errorType === null);
    expect(rowsOf(imported)).toBe(rows.length);
    expect(imported.counts).toEqual([
      ...[accepted.length, 0, 0, rows.length - accepted.length],
      rows.flatMap(({ issues }) => issues.filter(({ severity }) => severity === 'WARNING')).length,
    ]);
    expect(imported.errors.map(({ row, code }) => [row, code])).toEqual(
      rows.flatMap(({ rowNumber, codes }) => codes.map((code) => [rowNumber, code])),
    );
    expect(imported.products.map(({ id }) => id).toSorted()).toEqual(accepted.map(({ id }) => id).toSorted());
  }),
);

test('importing a feed again changes nothing', { timeout }, () =>
  forAllFeeds(25, async (database, { text }) => {
    const feed = text('Chair');
    const first = await importFeed(database, { feed });
    const { storeId } = first;
    const versions = await readVersions(database, storeId);
    const again = await importFeed(database, { feed, storeId, batchSize: 4, connections: 2 });
    const [imported = 0, , , errors = 0, warnings = 0] = first.counts;
    expect(result(again)).toEqual({ ...result(first), counts: [0, 0, imported, errors, warnings] });
    expect(await readVersions(database, storeId)).toEqual(versions);
  }),
);

test('a second language touches no other, and the first one again changes nothing', { timeout }, () =>
  forAllFeeds(25, async (database, { text }) => {
    const [french, german] = [text('Chaise'), text('Stuhl')];
    const first = await importFeed(database, { feed: french, language: 'fr' });
    const { storeId } = first;
    const second = await importFeed(database, { feed: german, language: 'de', storeId });
    const translations = ({ products }: Imported) => products.map((product) => product.translations['FR']);
    expect(translations(second)).toEqual(translations(first));
    expect(second.counts[0]).toBe(0);

    const versions = await readVersions(database, storeId);
    const third = await importFeed(database, { feed: french, language: 'fr', storeId });
    expect(third.counts.slice(0, 2)).toEqual([0, 0]);
    expect([third.products, await readVersions(database, storeId)]).toEqual([second.products, versions]);
  }),
);
