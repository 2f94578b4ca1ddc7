// @module-tag web
import { expect, test } from 'vitest';
import type { JobState } from '#lib/features/import/job-fold.svelte.ts';
import type { Format } from '#lib/format/format.svelte.ts';
import { looksOf } from './look-items.ts';
import type { StoreOverview } from './store-overview.svelte.ts';

const format = {
  count: String,
  counted: (n: number) => ({ n, count: String(n) }),
  language: 'en',
} as unknown as Format;
/** The import in that language that began in that minute. */
const job = (language: JobState['language'], minute: number, status: JobState['status']) =>
  ({
    ...{ id: `${language} ${minute}`, language, status, errorCount: 3, failure: null },
    ...{ createdAt: `2026-03-01T12:${minute}:00Z`, completedAt: null, missing: null },
  }) as JobState;

/** What needs a look where these are the latest imports, and those ended last of their language. */
const looks = (latest: readonly JobState[], ended: readonly JobState[]) =>
  looksOf(
    latest,
    {
      asking: [],
      ended,
      catalogue: null,
      drifted: null,
      soldOut: null,
      goneFromFeed: 'KEEP',
    } as unknown as StoreOverview,
    { format, jobHref: (id) => id, href: (page) => page },
  ).map(({ kind, href }) => [kind, href]);

test('a feed whose last import failed needs a look, however many imports of others came since', () => {
  const french = [30, 20, 10].map((minute) => job('FR', minute + 10, 'COMPLETED'));
  const german = job('DE', 10, 'FAILED');
  expect(looks(french, [...french.slice(0, 1), german])).toEqual([['failed', 'DE 10']]);
});

test('what was found broken needs no look once an import of the same feed came through', () => {
  const failed = job('DE', 10, 'FAILED');
  expect(looks([job('DE', 20, 'COMPLETED')], [failed])).toEqual([]);
  expect(looks([job('DE', 20, 'COMPLETED_WITH_ERRORS')], [failed])).toEqual([['leftOut', 'DE 20']]);
  expect(looks([job('DE', 20, 'PROCESSING'), job('DE', 15, 'CANCELLED')], [failed])).toEqual([
    ['failed', 'DE 10'],
  ]);
});
