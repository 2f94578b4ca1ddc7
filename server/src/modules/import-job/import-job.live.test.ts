// @module-tag import-job
import { expect, test } from 'vitest';
import type { ImportPhase, ImportProgress } from '../../pipeline/progress.ts';
import { emptyReport } from '../../pipeline/report.ts';
import { LiveJob, revisionLead } from './import-job.live.ts';
import { PhaseTimes } from './import-job.progress.ts';
import type { WatchedJob } from './import-job.record.ts';

const phases = new PhaseTimes();

function progress(phase: ImportPhase, rows = 0): ImportProgress {
  const report = { ...emptyReport, importedCount: rows, totalProcessed: rows };
  return { phase, bytesRead: 10 * rows, bytesTotal: 1000, report, file: null };
}

/** As it is claimed: only what matters here. */
const claimed = (values: Partial<WatchedJob> = {}) =>
  ({ id: 'job', attempt: 1, revision: 100, importedCount: 0, totalProcessed: 0, ...values }) as WatchedJob;

test('each state that is announced has a revision of its own, and none that is on record', () => {
  const live = new LiveJob(claimed());
  const revisions = [live.next(progress('rows', 1), phases)?.revision, live.reserve()];
  revisions.push(live.next(progress('rows', 2), phases)?.revision);
  live.written(claimed({ revision: 102 }), progress('rows', 1), 102);
  revisions.push(live.next(progress('rows', 3), phases)?.revision);
  expect(revisions).toEqual([101, 102, 103, 104]);
});

test('what somebody else has written is taken over, and said', () => {
  const live = new LiveJob(claimed());
  const reserved = live.reserve();
  const cancelled = claimed({ revision: 100 + revisionLead + 1, cancelRequestedAt: new Date() });
  expect(live.written(cancelled, progress('rows'), reserved)).toBe(true);
  expect(live.next(progress('rows', 1), phases)).toMatchObject({
    revision: 100 + revisionLead + 2,
    cancelRequestedAt: cancelled.cancelRequestedAt,
  });
});

test('whatever it announces without a write is older than what others do to the record meanwhile', () => {
  const live = new LiveJob(claimed());
  for (let rows = 1; rows < 3 * revisionLead; rows++) {
    live.next(progress('rows', rows), phases);
    if (rows % 7 === 0) live.reserve();
  }
  expect(live.next(progress('rows', 1), phases)).toBeNull();
  expect(live.revision).toBeLessThan(100 + revisionLead);
  const reserved = live.reserve();
  live.written(claimed({ revision: reserved }), progress('rows'), reserved);
  expect(live.next(progress('rows', 1), phases)?.revision).toBe(reserved + 1);
});

test('counts are the larger of what the record says and what the thread reports', () => {
  const live = new LiveJob(claimed());
  expect(live.next(progress('rows', 5), phases)).toMatchObject({ importedCount: 5, totalProcessed: 5 });
  const reserved = live.reserve();
  live.written(
    claimed({ revision: 101, importedCount: 7, totalProcessed: 7 }),
    progress('rows', 5),
    reserved,
  );
  expect(live.next(progress('rows', 6), phases)).toMatchObject({ importedCount: 7, totalProcessed: 7 });
  expect(live.next(progress('rows', 8), phases)).toMatchObject({ importedCount: 8, totalProcessed: 8 });
});

test('a later attempt says nothing of its rows before the record says which batches still count', () => {
  const live = new LiveJob(claimed({ attempt: 2, importedCount: 9, totalProcessed: 9 }));
  expect(live.next(progress('read'), phases)).toMatchObject({ totalProcessed: 9 });
  live.note(progress('rows'));
  expect(live.next(progress('rows'), phases)).toBeNull();
  const restarted = claimed({ attempt: 2, revision: 102 });
  live.written(restarted, progress('read'), live.reserve());
  expect(live.next(progress('rows', 1), phases)).toBeNull();
  live.written(restarted, progress('rows', 1), live.reserve());
  live.note(progress('rows', 2));
  expect(live.next(progress('rows', 2), phases)).toMatchObject({ totalProcessed: 2 });
});
