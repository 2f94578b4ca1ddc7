// @module-tag web
import { expect, test } from 'vitest';
import type { JobState } from './job-fold.svelte.ts';
import { JobVoice } from './job-voice.svelte.ts';

type Phase = NonNullable<JobState['progress']>['phase'];
const job = (
  id: string,
  status: JobState['status'],
  phase: Phase | null = null,
  fraction: number | null = null,
) => ({ id, status, progress: phase && { phase, fraction } }) as JobState;
const share = (part: number) => `${Math.round(part * 100)}%`;

/** What is said while a page shows these, one after the other; null: none runs any more. */
function said(...moments: readonly (readonly [JobState | null, latest?: JobState])[]) {
  const voice = new JobVoice();
  return moments.map(([shown, latest]) => voice.sentence(shown, (before) => latest ?? before, share));
}

test('an import is spoken of from its start to its end, though nothing shows it by then', () => {
  expect(
    said(
      [job('1', 'PENDING')],
      [job('1', 'PROCESSING')],
      [job('1', 'PROCESSING', 'READ')],
      [job('1', 'PROCESSING', 'ROWS', 0.47)],
      [null, job('1', 'COMPLETED_WITH_ERRORS')],
      [null, job('1', 'COMPLETED_WITH_ERRORS')],
    ),
  ).toEqual([
    null,
    'The import has started.',
    'Reading the file',
    'Checking and saving rows: 40%',
    'The import has ended: Completed with errors.',
    null,
  ]);
});

test('the end of one is said before the beginning of the next', () => {
  expect(
    said(
      [job('1', 'PROCESSING', 'REPORT')],
      [job('2', 'PROCESSING'), job('1', 'COMPLETED')],
      [job('2', 'PROCESSING', 'DOWNLOAD')],
      [job('2', 'FAILED')],
    ),
  ).toEqual(['Report', 'The import has ended: Completed.', 'Downloading', 'The import has ended: Failed.']);
});

test('what had ended when the page was opened is not spoken of, nor is one that gives way and goes on', () => {
  expect(said([job('1', 'COMPLETED')], [null])).toEqual([null, null]);
  expect(said([job('1', 'PENDING')], [job('2', 'PROCESSING', 'READ'), job('1', 'PENDING')])).toEqual([
    null,
    'Reading the file',
  ]);
});
