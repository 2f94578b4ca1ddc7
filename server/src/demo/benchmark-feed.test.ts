// @module-tag demo
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { measuresMemory } from '../../test/measuring-memory.ts';
import { benchmarkColumns, benchmarkFeed, writeBenchmarkFeed } from './benchmark-feed.ts';
import { benchmarkFeedSummary, type BenchmarkFeedOptions } from './benchmark-rows.ts';

const textOf = (options: BenchmarkFeedOptions) => Buffer.concat([...benchmarkFeed(options)]).toString('utf8');
/** Rows as they stand in the file: each begins with its id, or with the comma behind a missing one. */
const rawRowsOf = (options: BenchmarkFeedOptions) => textOf(options).split(/\n(?=B\d{8},|,")/);
const rowsOf = (options: BenchmarkFeedOptions) =>
  parse(textOf(options), { relax_column_count: true }).slice(1);
const column = (name: string) => benchmarkColumns.indexOf(name);
const idsOf = (rows: readonly string[][]) => rows.map(([id]) => id).filter((id) => id !== '');

describe('a benchmark feed', () => {
  test('has 24 columns, and rows of about 780 bytes', () => {
    const text = textOf({ rows: 2000 });
    expect(parse(text, { to: 1 })[0]).toHaveLength(24);
    expect(Buffer.byteLength(text) / 2000).toBeGreaterThan(740);
    expect(Buffer.byteLength(text) / 2000).toBeLessThan(820);
  });

  test.each([0, 1, 511, 512, 513, 3000])('has %i rows when asked for as many', (rows) => {
    expect(rowsOf({ rows })).toHaveLength(rows);
  });

  test('is the same each time, and another one with another seed', () => {
    expect(textOf({ rows: 1500, seed: 7 })).toBe(textOf({ rows: 1500, seed: 7 }));
    expect(textOf({ rows: 1500, seed: 8 })).not.toBe(textOf({ rows: 1500, seed: 7 }));
  });

  test('begins with the rows of a shorter one', () => {
    expect(textOf({ rows: 2600 }).startsWith(textOf({ rows: 1300 }))).toBe(true);
  });

  test('has an error of every type in a thousand rows', () => {
    const rows = rowsOf({ rows: 4000 });
    const framed = rows.filter((row) => row.length === 24);
    const ids = idsOf(rows);
    expect(benchmarkFeedSummary({ rows: 4000 }).errors).toEqual({
      PARSE_ERROR: rows.length - framed.length,
      MISSING_ID: rows.length - ids.length,
      MISSING_TITLE: rows.filter((row) => row[column('title')] === '').length,
      DUPLICATE_ID: ids.length - new Set(ids).size,
      VALIDATION_ERROR: framed.filter((row) => row[column('price')]?.includes('O EUR')).length,
    });
    expect(benchmarkFeedSummary({ rows: 4000 }).errors).toMatchObject({ PARSE_ERROR: 4, DUPLICATE_ID: 4 });
  });

  test('repeats ids only of rows that came before', () => {
    const before = new Set<string>();
    let repetitions = 0;
    for (const row of rowsOf({ rows: 3000, badShare: 0.2 })) {
      const [id = ''] = row;
      // The link ends with the row's own number, whatever its id is.
      const repeated = id !== '' && id !== `B${row[column('link')]?.slice(-8)}` && row.length === 24;
      if (repeated) repetitions += 1;
      if (repeated) expect(before).toContain(id);
      before.add(id);
    }
    expect(repetitions).toBe(benchmarkFeedSummary({ rows: 3000, badShare: 0.2 }).errors.DUPLICATE_ID);
  });

  test.each([
    ['none', 0, 0],
    ['one in ten', 0.1, 100],
    ['every one', 1, 1000],
  ])('has %s of its rows bad when asked to', (_title, badShare, count) => {
    const { errors } = benchmarkFeedSummary({ rows: 1000, badShare });
    expect(Object.values(errors).reduce((sum, number) => sum + number)).toBe(count);
    expect(rowsOf({ rows: 1000, badShare })).toHaveLength(1000);
  });

  test('has GTINs that are right, but for those spoilt on purpose', () => {
    const sums = rowsOf({ rows: 2000 }).map((row) =>
      [...(row[column('gtin')] ?? '')].reduce((sum, digit, i) => sum + Number(digit) * (i % 2 ? 3 : 1), 0),
    );
    const { GTIN_CHECK_DIGIT = 0, GTIN_DAMAGED = 0 } = benchmarkFeedSummary({ rows: 2000 }).warnings;
    expect(sums.filter((sum) => sum % 10 !== 0)).toHaveLength(GTIN_CHECK_DIGIT + GTIN_DAMAGED);
    expect(GTIN_CHECK_DIGIT).toBeGreaterThan(0);
  });
});

describe('a benchmark feed with changes', () => {
  test.each([
    [0.1, 500],
    [0.25, 1250],
  ])('differs in exactly the share %d of its rows', (changedShare, count) => {
    const [before, after] = [rawRowsOf({ rows: 5000 }), rawRowsOf({ rows: 5000, changedShare })];
    expect(after).toHaveLength(before.length);
    expect(before.filter((raw, i) => raw !== after[i])).toHaveLength(count);
  });

  test('changes prices, some titles, and no id', () => {
    const [before, after] = [rowsOf({ rows: 3000 }), rowsOf({ rows: 3000, changedShare: 0.1 })];
    const different = (name: string) =>
      before.filter((row, i) => row[column(name)] !== after[i]?.[column(name)]).length;
    expect(different('price')).toBe(300);
    expect(different('title')).toBeGreaterThan(100);
    expect(different('title')).toBeLessThan(200);
    expect(different('id')).toBe(0);
    expect(benchmarkFeedSummary({ rows: 3000, changedShare: 0.1 }).changed).toBe(300);
  });
});

test.each([
  ['rows', { rows: -1 }],
  ['rows', { rows: 1.5 }],
  ['rows', { rows: 1e9 }],
  ['changedShare', { rows: 1, changedShare: 1.1 }],
  ['badShare', { rows: 1, badShare: Number.NaN }],
])('a benchmark feed refuses %s that make no sense: %j', (_name, options) => {
  expect(() => benchmarkFeed(options).next()).toThrow(RangeError);
});

test('memory does not grow with the rows of a benchmark feed', measuresMemory, () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const heldBytes = () => {
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const feed = benchmarkFeed({ rows: 200_000 });
  let feedBytes = 0;
  const held: number[] = [];
  for (let chunk = feed.next(), count = 1; !chunk.done; chunk = feed.next(), count += 1) {
    feedBytes += chunk.value.length;
    if (count % 100 === 0) held.push(heldBytes());
  }
  expect(feedBytes).toBeGreaterThan(140e6);
  expect(held).toHaveLength(3);
  expect(Math.max(...held) - Math.min(...held)).toBeLessThan(10e6);
});

test('a benchmark feed is written to a file, in place of what was there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'benchmark-feed-'));
  try {
    const path = join(folder, 'feed.csv');
    await writeBenchmarkFeed(path, { rows: 2000 });
    const bytes = await writeBenchmarkFeed(path, { rows: 1000 });
    const stored = await readFile(path);
    expect(stored.toString('utf8')).toBe(textOf({ rows: 1000 }));
    expect(stored).toHaveLength(bytes);
  } finally {
    await rm(folder, { recursive: true });
  }
});
