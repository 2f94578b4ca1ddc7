// @module-tag web
import { expect, onTestFinished, test } from 'vitest';
import type { ImportHistoryQuery } from '#lib/graphql/generated/graphql.ts';
import { Reading } from '#lib/graphql/reading.svelte.ts';
import { ImportList } from './import-list.svelte.ts';
import { JobFold, type JobState } from './job-fold.svelte.ts';

/** The import that began in that minute, and has ended. */
const job = (minute: number) =>
  ({
    ...{ id: `job ${minute}`, status: 'COMPLETED', revision: 1, completedAt: '2026-03-01T13:00:00Z' },
    createdAt: `2026-03-01T12:${minute}:00Z`,
  }) as JobState;

/** The first page of a list of three a page, which was read with these minutes on it; `of`: which list that was. */
function listOf(minutes: readonly number[], hasNextPage: boolean, of = 'list') {
  const pageInfo = {
    hasPreviousPage: false,
    hasNextPage,
    startCursor: null,
    endCursor: `at ${minutes.at(-1)}`,
  };
  const edges = minutes.map((minute) => ({ cursor: `at ${minute}`, node: job(minute) }));
  const read: ImportHistoryQuery = {
    importJobs: { totalCount: 40, totalCountExact: true, pageInfo, edges },
    active: { edges: [] },
    ended: { edges: [{ node: job(35) }] },
  };
  const reading = new Reading<ImportHistoryQuery>(() => 'list');
  reading.hearAnswer(of, read, null);
  const fold = new JobFold();
  onTestFinished(() => fold.stop());
  const list = new ImportList(
    reading,
    fold,
    () => true,
    () => true,
    () => 3,
  );
  return {
    list,
    begin(...begun: readonly number[]) {
      for (const minute of begun) list.take(job(minute));
      return list.rows.map(({ id }) => id);
    },
  };
}

test('a live first page stays as long as it is, and leads on to what was pushed off it', () => {
  const { list, begin } = listOf([30, 20, 10], true);
  expect(begin()).toEqual(['job 30', 'job 20', 'job 10']);
  expect(list.pageInfo?.endCursor).toBe('at 10');
  expect(begin(40)).toEqual(['job 40', 'job 30', 'job 20']);
  expect(list.pageInfo).toMatchObject({ hasNextPage: true, endCursor: 'at 20' });
  expect([list.totalCount, list.outgrown]).toEqual([41, false]);
  begin(41);
  expect(begin(42)).toEqual(['job 42', 'job 41', 'job 40']);
  expect(list.outgrown).toBe(true);
});

test('a page with room takes new ones, and leads on only once it is full', () => {
  const { list, begin } = listOf([30, 20], false);
  expect(begin(40)).toEqual(['job 40', 'job 30', 'job 20']);
  expect(list.pageInfo?.hasNextPage).toBe(false);
  begin(41);
  expect(list.pageInfo).toMatchObject({ hasNextPage: true, endCursor: 'at 30' });
});

test('that another filter lets nothing through is not said of this one', () => {
  expect([listOf([], false, 'another list').list.loading, listOf([], false).list.loading]).toEqual([
    true,
    false,
  ]);
  expect(listOf([10], false, 'another list').list.loading).toBe(false);
});

test('the import that ended last is known on every page of the list, and as soon as it is told of', () => {
  const { list, begin } = listOf([30, 20, 10], true);
  expect(list.lastEnded?.id).toBe('job 35');
  begin(40);
  expect(list.lastEnded?.id).toBe('job 40');
});
