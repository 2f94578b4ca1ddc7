// @module-tag import-job
import { describe, expect, test } from 'vitest';
import type { MarketplaceImportJob } from '../../generated/prisma/client.ts';
import { emptyReport } from '../../pipeline/report.ts';
import { PhaseTimes } from './import-job.progress.ts';
import { broughtNothingNew, durationMsOf, phasesOf, progressOf } from './import-job.stepper.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);

/** What the stepper looks at. */
function job(values: Partial<MarketplaceImportJob>): MarketplaceImportJob {
  const none = { phase: null, phases: null, bytesRead: null, bytesTotal: null, totalProcessed: 0 };
  return {
    ...none,
    startedAt: at(0),
    completedAt: null,
    ...values,
  } as MarketplaceImportJob;
}

/** A feed of 1,000 bytes, downloaded in two seconds; then 100 rows and 100 bytes a second. */
function times(seconds: number): PhaseTimes {
  const phases = new PhaseTimes();
  const note = (phase: 'download' | 'read' | 'rows', second: number, bytesRead: number, rows = 0) =>
    phases.note(
      { phase, bytesRead, bytesTotal: 1000, report: { ...emptyReport, totalProcessed: rows }, file: null },
      at(second),
    );
  note('download', 0, 0);
  if (seconds >= 1) note('download', 1, 500);
  if (seconds >= 2) note('read', 2, 0);
  for (let second = 3; second <= seconds; second++) {
    note('rows', second, (second - 3) * 100, (second - 3) * 100);
  }
  return phases;
}

const running = (seconds: number, phase: string, bytesRead: number) =>
  job({
    ...{ status: 'PROCESSING', phase, bytesRead: BigInt(bytesRead), bytesTotal: 1000n },
    phases: JSON.parse(JSON.stringify(times(seconds).toJson())),
    totalProcessed: bytesRead,
  });

describe('progress', () => {
  test('of rows has a fraction, a speed and a time left', () => {
    expect(progressOf(running(7, 'rows', 400), at(7))).toEqual({
      ...{ phase: 'rows', fraction: 0.4, bytesRead: 400, bytesTotal: 1000 },
      ...{ rowsPerSecond: 100, secondsLeft: 6 },
    });
  });

  test('of a download has no rows', () => {
    expect(progressOf(running(1, 'download', 500), at(1))).toMatchObject({
      ...{ fraction: 0.5, rowsPerSecond: null, secondsLeft: 1 },
    });
  });

  test('of a download of unknown size has neither fraction nor time left', () => {
    const unknown = { ...running(1, 'download', 500), bytesTotal: null };
    expect(progressOf(unknown, at(1))).toMatchObject({ fraction: null, bytesTotal: null, secondsLeft: null });
  });

  test('of reading is not guessed', () => {
    expect(progressOf(running(2, 'read', 0), at(2))).toMatchObject({ fraction: null, bytesRead: null });
  });

  test('loses its speed when nothing moves', () => {
    const stalled = progressOf(running(7, 'rows', 400), at(13));
    expect(stalled).toMatchObject({ fraction: 0.4, rowsPerSecond: null, secondsLeft: null });
  });

  test('has its speed again soon after the clock was put back', () => {
    const phases = new PhaseTimes();
    for (const [second, rows] of [
      [3600, 0],
      [3601, 100],
      [2, 200],
      [3, 300],
      [4, 400],
    ] as const) {
      const report = { ...emptyReport, totalProcessed: rows };
      phases.note({ phase: 'rows', bytesRead: rows, bytesTotal: 1000, report, file: null }, at(second));
    }
    const stored = { phases: phases.toJson(), phase: 'rows', bytesRead: 400n, bytesTotal: 1000n };
    const seen = progressOf(job({ status: 'PROCESSING', ...stored }), at(4));
    expect(seen).toMatchObject({ rowsPerSecond: 100, secondsLeft: 6 });
  });

  test.each(['PENDING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const)(
    'is none while a job is %s',
    (status) => {
      expect(progressOf({ ...running(7, 'rows', 400), status }, at(7))).toBeNull();
    },
  );

  test('is none before the first phase', () => {
    expect(progressOf(job({ status: 'PROCESSING' }), at(0))).toBeNull();
  });
});

describe('the phases', () => {
  const states = (of: MarketplaceImportJob) => phasesOf(of, at(7)).map(({ state }) => state);

  test('are four, whatever there is', () => {
    expect(states(job({ status: 'PENDING' }))).toEqual(['WAITING', 'WAITING', 'WAITING', 'WAITING']);
    expect(states(job({ status: 'CANCELLED' }))).toEqual(['SKIPPED', 'SKIPPED', 'SKIPPED', 'SKIPPED']);
  });

  test('of a running import say how far it is', () => {
    expect(phasesOf(running(7, 'rows', 400), at(8))).toEqual([
      { phase: 'download', state: 'DONE', count: 1000, durationMs: 2000 },
      { phase: 'read', state: 'DONE', count: null, durationMs: 1000 },
      { phase: 'rows', state: 'RUNNING', count: 400, durationMs: 5000 },
      { phase: 'report', state: 'WAITING', count: null, durationMs: null },
    ]);
  });

  test.each([
    ['FAILED', ['DONE', 'DONE', 'FAILED', 'SKIPPED']],
    ['CANCELLED', ['DONE', 'DONE', 'CANCELLED', 'SKIPPED']],
    ['PENDING', ['WAITING', 'WAITING', 'WAITING', 'WAITING']],
  ] as const)('of an import that broke off in its rows and is %s end there', (status, expected) => {
    expect(states({ ...running(7, 'rows', 400), status })).toEqual(expected);
  });

  test('of a feed that lay here already have a download that took no time', () => {
    const stored = running(7, 'rows', 400);
    const phases = (stored.phases as object[]).slice(1);
    expect(phasesOf({ ...stored, phases }, at(7))[0]).toEqual({
      ...{ phase: 'download', state: 'DONE', count: 1000, durationMs: null },
    });
  });

  test('that were never seen to end have no duration', () => {
    const lost = { ...running(7, 'rows', 400), status: 'FAILED' as const };
    expect(phasesOf(lost, at(7))[2]).toMatchObject({ state: 'FAILED', count: 400, durationMs: null });
  });
});

test('a feed that brought nothing new is one that completed without being read', () => {
  expect(broughtNothingNew({ ...running(1, 'download', 500), status: 'COMPLETED' })).toBe(true);
  expect(broughtNothingNew({ ...running(1, 'download', 500), status: 'FAILED' })).toBe(false);
  expect(broughtNothingNew({ ...running(7, 'rows', 400), status: 'COMPLETED' })).toBe(false);
  expect(broughtNothingNew(job({ status: 'PENDING' }))).toBe(false);
});

test('a job has taken as long as it has run', () => {
  expect(durationMsOf(job({ status: 'PENDING', startedAt: null }), at(7))).toBeNull();
  expect(durationMsOf(job({ status: 'PROCESSING' }), at(7))).toBe(7000);
  expect(durationMsOf(job({ status: 'COMPLETED', completedAt: at(3) }), at(7))).toBe(3000);
});
