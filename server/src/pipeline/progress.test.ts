// @module-tag pipeline
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProgressReporter, type ImportProgress } from './progress.ts';
import { addBatch, emptyReport } from './report.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

function reporter() {
  const sent: ImportProgress[] = [];
  return { sent, progress: new ProgressReporter((progress) => sent.push(progress), emptyReport) };
}

test('the first change is passed on at once, and then at most ten a second', () => {
  const { sent, progress } = reporter();
  for (let bytesRead = 1; bytesRead <= 1000; bytesRead++) {
    progress.update({ bytesRead });
    vi.advanceTimersByTime(1);
  }
  expect(sent.map(({ bytesRead }) => bytesRead)).toEqual([1, 101, 201, 301, 401, 501, 601, 701, 801, 901]);
});

test('a new phase is passed on at once, the same one again is not', () => {
  const { sent, progress } = reporter();
  progress.update({ bytesRead: 1 });
  progress.update({ phase: 'read' });
  progress.update({ phase: 'read', bytesRead: 2 });
  progress.update({ phase: 'rows' });
  expect(sent.map(({ phase, bytesRead }) => [phase, bytesRead])).toEqual([
    ['download', 1],
    ['read', 1],
    ['rows', 2],
  ]);
});

test('bytes of a phase never go back, though batches are committed in any order', () => {
  const { sent, progress } = reporter();
  for (const change of [{ phase: 'rows', bytesRead: 0 }, { bytesRead: 300 }, { bytesRead: 200 }] as const) {
    progress.update(change);
    progress.flush();
  }
  progress.update({ phase: 'report', bytesRead: 100 });
  expect(sent.at(-2)?.bytesRead).toBe(300);
  expect(sent.at(-1)?.bytesRead).toBe(100);
});

test('what was held back is passed on when asked, once', () => {
  const { sent, progress } = reporter();
  progress.update({ bytesRead: 1 });
  progress.update({ bytesRead: 2 });
  progress.flush();
  progress.flush();
  expect(sent.map(({ bytesRead }) => bytesRead)).toEqual([1, 2]);
});

test('a state that was passed on does not change afterwards', () => {
  const { sent, progress } = reporter();
  progress.update({ bytesRead: 1 });
  progress.update({ phase: 'rows', bytesRead: 2 });
  expect(sent[0]).toEqual({
    ...{ phase: 'download', bytesRead: 1, bytesTotal: null },
    ...{ report: emptyReport, file: null },
  });
});

test('the report is the sum of its batches', () => {
  const presence = { added: 1, present: 5, returned: 0 };
  const counts = {
    imported: 1,
    updated: 2,
    unchanged: 3,
    errors: 4,
    warnings: 5,
    codeCounts: {},
    ...presence,
  };
  expect(addBatch(addBatch(emptyReport, counts), counts)).toEqual({
    ...{ importedCount: 2, updatedCount: 4, unchangedCount: 6 },
    ...{ errorCount: 8, warningCount: 10, totalProcessed: 20 },
  });
});
