// @module-tag cli
import { expect, test } from 'vitest';
import type { JobNotice } from '../platform/job-notices.ts';
import { PaceMeter } from './import-pace.ts';
import { LineView } from './import-view.ts';

const notice = (values: Partial<JobNotice>): JobNotice => ({
  id: '01970000-0000-7000-8000-000000000001',
  storeId: '01970000-0000-7000-8000-000000000002',
  revision: 1,
  attempt: 1,
  status: 'PROCESSING',
  phase: 'rows',
  bytesRead: 0,
  bytesTotal: 1000,
  importedCount: 0,
  updatedCount: 0,
  unchangedCount: 0,
  errorCount: 0,
  warningCount: 0,
  totalProcessed: 0,
  totalRows: null,
  failureCode: null,
  failureMessage: null,
  ...values,
});

test('the pace is that of the last five seconds', () => {
  const meter = new PaceMeter();
  expect(meter.measure(notice({}), 0)).toEqual({ fraction: 0, rowsPerSecond: null, secondsLeft: null });
  expect(meter.measure(notice({ bytesRead: 100, totalProcessed: 10 }), 1000)).toEqual({
    fraction: 0.1,
    rowsPerSecond: 10,
    secondsLeft: 9,
  });
  meter.measure(notice({ bytesRead: 200, totalProcessed: 20 }), 5000);
  expect(meter.measure(notice({ bytesRead: 600, totalProcessed: 60 }), 7000)).toEqual({
    fraction: 0.6,
    rowsPerSecond: 20,
    secondsLeft: 2,
  });
});

test('another attempt, or another phase, is measured anew', () => {
  const meter = new PaceMeter();
  meter.measure(notice({ bytesRead: 900, totalProcessed: 90 }), 0);
  const again = meter.measure(notice({ attempt: 2, bytesRead: 100, totalProcessed: 90 }), 1000);
  expect(again).toEqual({ fraction: 0.1, rowsPerSecond: null, secondsLeft: null });
});

test('a size that is unknown gives no fraction, and none is above one', () => {
  const meter = new PaceMeter();
  expect(meter.measure(notice({ phase: 'download', bytesTotal: null, bytesRead: 5 }), 0).fraction).toBeNull();
  expect(meter.measure(notice({ bytesRead: 2000 }), 0).fraction).toBe(1);
});

test('without a terminal there is a line for each step and for each tenth of the rows', () => {
  const written: string[] = [];
  const view = new LineView({ write: (text: string) => written.push(text) > 0 });
  view.show(notice({ status: 'PENDING', phase: null }));
  view.show(notice({ status: 'PROCESSING', phase: null }));
  view.show(notice({ phase: 'download', bytesRead: 400 }));
  view.show(notice({ phase: 'download', bytesRead: 800 }));
  for (const bytesRead of [0, 50, 120, 180, 350, 1000])
    view.show(notice({ bytesRead, totalProcessed: bytesRead }));
  expect(written.map((line) => line.split(' · ')[0]?.trim())).toEqual([
    "Waiting for the store's turn",
    'Downloading 0.4 kB',
    'Importing',
    'Importing 10 % 120 rows',
    'Importing 30 % 350 rows',
    'Importing 100 % 1,000 rows',
  ]);
});
