// @module-tag web
import { expect, test } from 'vitest';
import type { Format } from '#lib/format/format.svelte.ts';
import type { JobState } from './job-fold.svelte.ts';
import { attemptWords, stoppedWords, totalWords } from './job-words.ts';

const format = { count: String, counted: (n: number) => ({ n, count: String(n) }) } as unknown as Format;
const job = (facts: Partial<JobState>) => facts as JobState;

test('an import goes on after an interruption, and begins anew only where its feed has changed', () => {
  expect(attemptWords(job({ attempt: 2, restartedAt: null }))).toContain('goes on');
  expect(attemptWords(job({ attempt: 2, restartedAt: '2026-03-01T12:00:00Z' }))).toContain('starts over');
});

test.each([
  [0, null, 'Nothing was saved'],
  [500, 10_000, 'Stopped after 500 of 10000 rows'],
  [500, null, 'Rows checked: 500'],
])(
  'an import that was stopped after %s rows of %s says how far it came',
  (totalProcessed, totalRows, said) => {
    expect(stoppedWords(job({ totalProcessed, totalRows }), format)).toBe(said);
  },
);

test.each([
  [{ totalCount: 1, totalCountExact: true }, '1 import'],
  [{ totalCount: 26_000, totalCountExact: false }, 'about 26000 imports'],
  [{ totalCount: null, totalCountExact: true }, ''],
])('%j imports are counted as %j', (list, said) => {
  expect(totalWords(list, format)).toBe(said);
});
