// @module-tag web
import { afterEach, describe, expect, test } from 'vitest';
import { Reading } from '#lib/graphql/reading.svelte.ts';
import { JobFold, type JobState } from './job-fold.svelte.ts';
import { ListNews, wasListed } from './list-news.svelte.ts';

type Status = JobState['status'];
type Read = Parameters<typeof wasListed>[1];

/** The import that began in that minute. */
const job = (minute: number, status: Status = 'COMPLETED', revision = 0) =>
  ({
    ...{ id: `job ${minute}`, status, revision },
    createdAt: `2026-03-01T12:${String(minute).padStart(2, '0')}:00Z`,
    completedAt: status === 'PENDING' || status === 'PROCESSING' ? null : '2026-03-01T13:00:00Z',
  }) as JobState;

interface Page {
  readonly rows: readonly JobState[];
  readonly active?: readonly JobState[];
  /** There are newer ones, older ones. */
  readonly newer?: boolean;
  readonly older?: boolean;
}
const page = ({ rows, active = [], newer = false, older = false }: Page): Read => ({
  importJobs: {
    ...{ totalCount: 40, totalCountExact: true },
    pageInfo: { hasPreviousPage: newer, hasNextPage: older, startCursor: null, endCursor: null },
    edges: rows.map((node) => ({ cursor: node.id, node })),
  },
  active: { edges: active.map((node) => ({ node })) },
});

const all = () => true;
const only =
  (...statuses: Status[]) =>
  ({ status }: JobState) =>
    statuses.includes(status);

const folds: JobFold[] = [];
afterEach(() => folds.splice(0).forEach((fold) => fold.stop()));

/** The news of a list that was read, and then told of these states. */
function newsOf(read: Page, isListed: (job: JobState) => boolean, hold = false) {
  const fold = new JobFold();
  folds.push(fold);
  const reading = new Reading<Read>(() => 'list');
  reading.hearAnswer('list', page(read), null);
  const news = new ListNews(reading, fold, isListed);
  const hear = (...states: readonly JobState[]) => {
    for (const state of states) news.take(state, hold);
    return { shown: news.shown, held: news.heldCount, count: news.count };
  };
  return { news, reading, hear };
}
const shown = (...minutes: readonly number[]) => ({
  shown: minutes.map((minute) => job(minute).id),
  held: 0,
  count: minutes.length,
});
const held = (count: number) => ({ shown: [], held: count, count });

describe('of an import that is heard of, a page that was read tells that the list', () => {
  const first = { rows: [job(30), job(20)], older: true };
  const second = { rows: [job(30), job(20)], newer: true, older: true };
  const queue = [job(50, 'PENDING'), job(45, 'PROCESSING')];
  test.each([
    ['had it, for it is a row', job(20), second, all, true],
    ['had it not, for it is newer than the first page', job(40), first, all, false],
    ['had it not, for it is no row where it would stand', job(25), second, all, false],
    ['had it, for it was active', job(45, 'PROCESSING'), { ...second, active: queue }, all, true],
    [
      'had it not, for it waited',
      job(50, 'PROCESSING'),
      { ...second, active: queue },
      only('PROCESSING'),
      false,
    ],
    ['had it not, for it runs and did not', job(47, 'PENDING'), { ...second, active: queue }, all, false],
    ['had it not, for it runs and none did', job(10, 'PENDING'), second, all, false],
    [
      'may have had it, where not all that ran were read',
      job(10, 'PENDING'),
      { ...second, active: queue },
      all,
      null,
    ],
    ['may have had it, where it ended on another page', job(40), second, all, null],
  ])('%s', (_what, heard, read, isListed, was) => {
    expect(wasListed(heard, page(read), isListed)).toBe(was);
  });
});

describe.each([
  ['the first page', { rows: [job(30, 'FAILED'), job(20, 'FAILED')], older: true }, false],
  ['an empty one', { rows: [] }, false],
  ['a later page', { rows: [job(10, 'FAILED')], newer: true, older: true }, true],
])('a list of failed imports, %s', (_which, read, hold) => {
  const news = (id: number) => (hold ? held(1) : shown(id));

  test('lets in one that began since, once it has failed', () => {
    const { hear } = newsOf(read, only('FAILED'), hold);
    expect(hear(job(40, 'PENDING', 1), job(40, 'PROCESSING', 2)).count).toBe(0);
    expect(hear(job(40, 'FAILED', 3), job(40, 'FAILED', 3), job(40, 'FAILED', 4))).toEqual(news(40));
  });

  test('lets in one that ran when it was read, once it has failed', () => {
    const active = [job(35, 'PROCESSING', 1), job(5, 'PENDING')];
    const { hear } = newsOf({ ...read, active }, only('FAILED'), hold);
    expect(hear(job(35, 'PROCESSING', 1), job(35, 'FAILED', 2))).toEqual(news(35));
    expect(hear(job(5, 'PROCESSING', 2), job(5, 'FAILED', 3)).count).toBe(2);
  });
});

test('on a later page what ran when it was read is not new, nor is an old one that changed; what begins is', () => {
  const read = { rows: [job(10)], newer: true, active: [job(50, 'PROCESSING', 1)] };
  const { hear } = newsOf(read, all, true);
  expect(hear(job(50, 'PROCESSING', 1), job(50, 'PROCESSING', 2), job(50, 'COMPLETED', 3))).toEqual(held(0));
  expect(hear(job(40, 'COMPLETED', 9))).toEqual(held(0));
  expect(hear(job(51, 'PENDING', 1), job(51, 'COMPLETED', 2))).toEqual(held(1));
});

test('what matches no longer keeps its place, is not counted again, and is not held back for nothing', () => {
  const read = { rows: [job(10, 'PROCESSING')], active: [job(10, 'PROCESSING')] };
  const { hear } = newsOf(read, only('PROCESSING'));
  expect(hear(job(10, 'PENDING', 1), job(10, 'PROCESSING', 2), job(10, 'COMPLETED', 3))).toEqual(shown());
  expect(hear(job(11, 'PENDING', 1), job(11, 'PROCESSING', 2), job(11, 'COMPLETED', 3))).toEqual(shown(11));

  const busy = newsOf(read, only('PROCESSING'), true);
  expect(busy.hear(job(11, 'PROCESSING', 1))).toEqual(held(1));
  expect(busy.hear(job(11, 'COMPLETED', 2))).toEqual(held(0));
});

test('what is held back enters when it is asked for', () => {
  const { news, hear } = newsOf({ rows: [] }, all, true);
  hear(job(1, 'PENDING'), job(2, 'PENDING'));
  news.showHeld();
  expect(hear(job(1, 'PROCESSING', 1))).toEqual(shown(1, 2));
});

test('what is heard while the list is read is new if the answer lacks it', () => {
  const { news, reading, hear } = newsOf({ rows: [] }, only('FAILED'));
  hear(job(1, 'FAILED'));
  reading.hearAsked(true);
  expect(hear(job(2, 'FAILED'), job(3, 'FAILED'))).toEqual(shown(1));
  reading.hearAnswer('list', page({ rows: [job(2, 'FAILED'), job(1, 'FAILED')] }), null);
  news.forget();
  news.catchUp(false);
  expect(hear()).toEqual(shown(3));
});

test('what answers another question says nothing of this list', () => {
  const { reading, hear } = newsOf({ rows: [] }, all);
  reading.hearAnswer('another list', page({ rows: [] }), null);
  expect(hear(job(1, 'PENDING'))).toEqual(shown());
});
