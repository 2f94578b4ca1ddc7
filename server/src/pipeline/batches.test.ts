// @module-tag pipeline
import { expect, test } from 'vitest';
import { batchesOf } from './batches.ts';
import type { Batch, FeedRow } from './types.ts';

const rowOf = (rowNumber: number, bytes = 1) => ({ rowNumber, raw: Buffer.alloc(bytes) }) as FeedRow;

async function* groupsOf(groups: readonly (readonly FeedRow[])[], failure?: Error) {
  yield* groups;
  if (failure) throw failure;
}

async function collect(batches: AsyncIterable<Batch>) {
  const sizes: number[][] = [];
  try {
    for await (const { number, rows } of batches) sizes.push([number, rows.length]);
  } catch (error) {
    return { sizes, error };
  }
  return { sizes, error: null };
}

const batches = (groups: readonly (readonly FeedRow[])[], size: number, failure?: Error) =>
  collect(
    batchesOf(
      groupsOf(groups, failure),
      (row) => ({ row, marketplaceProductId: '', duplicateOf: 0 }),
      size,
      () => 0,
    ),
  );

test.each([
  ['none', [], []],
  ['empty groups', [[], []], []],
  ['fewer rows than a batch', [[1, 2]], [[1, 2]]],
  ['exactly a batch', [[1, 2, 3]], [[1, 3]]],
  [
    'more, across groups',
    [
      [1, 2],
      [3, 4],
      [5, 6, 7],
    ],
    [
      [1, 3],
      [2, 3],
      [3, 1],
    ],
  ],
])('%s', async (_what, groups, sizes) => {
  expect(
    await batches(
      groups.map((numbers) => numbers.map((number) => rowOf(number))),
      3,
    ),
  ).toEqual({ sizes, error: null });
});

test('a batch ends early when its rows are large', async () => {
  const large = Array.from({ length: 20 }, (_, at) => rowOf(at, 1 << 20));
  expect((await batches([large], 1000)).sizes).toEqual([
    [1, 8],
    [2, 8],
    [3, 4],
  ]);
});

test('and also when its rows are small and the header is large', async () => {
  const rows = Array.from({ length: 200 }, (_, at) => rowOf(at));
  const large = batchesOf(
    groupsOf([rows]),
    (row) => ({ row, marketplaceProductId: '', duplicateOf: 0 }),
    1000,
    () => 0,
    64 << 10,
  );
  expect((await collect(large)).sizes).toEqual([
    [1, 128],
    [2, 72],
  ]);
});

test('when the feed breaks off the rows before come first, and then the failure', async () => {
  const failure = new Error('broken off');
  expect(await batches([[rowOf(1), rowOf(2)]], 5, failure)).toEqual({ sizes: [[1, 2]], error: failure });
});
