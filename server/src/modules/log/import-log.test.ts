// @module-tag log
import { expect, test } from 'vitest';
import type { MarketplaceImportJob } from '../../generated/prisma/client.ts';
import { createLog, type LogRecord } from '../../platform/log.ts';
import { createImportLog } from './import-log.ts';

const id = '0198a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
const counts = {
  importedCount: 1,
  updatedCount: 2,
  unchangedCount: 3,
  errorCount: 4,
  warningCount: 5,
  totalProcessed: 10,
};
const times = { startedAt: new Date(1_000), completedAt: new Date(3_500) };

function openImportLog() {
  const records: LogRecord[] = [];
  const log = createLog('silent', { store: (record) => records.push(record), storeLevel: 'info' });
  const hear = createImportLog(log);
  const change = (values: Partial<MarketplaceImportJob>) =>
    hear({
      id,
      storeId: id,
      status: 'PROCESSING',
      attempt: 1,
      interruptions: 0,
      ...counts,
      ...times,
      ...values,
    } as MarketplaceImportJob);
  return { change, records, lines: () => records.map(({ level, message }) => [level, message]) };
}

test('of all changes of a job those are logged that matter, once each', () => {
  const { change, lines } = openImportLog();
  change({ status: 'PENDING', attempt: 0 });
  change({});
  change({ totalProcessed: 11 });
  change({ totalProcessed: 12 });
  change({ attempt: 2, interruptions: 1 });
  change({ attempt: 2, interruptions: 1, status: 'PENDING' });
  change({ attempt: 3, interruptions: 0 });
  change({ attempt: 3, status: 'COMPLETED' });
  change({ attempt: 3, status: 'COMPLETED' });
  expect(lines()).toEqual([
    [30, 'import waits'],
    [30, 'import started'],
    [40, 'import was taken up again after a loss'],
    [30, 'import was handed back'],
    [30, 'import goes on'],
    [30, 'import ended'],
  ]);
});

test.each([
  [{ status: 'COMPLETED_WITH_ERRORS' }, 30, 'import ended with errors in rows'],
  [{ status: 'CANCELLED' }, 30, 'import was cancelled'],
  [
    { status: 'FAILED', failureCode: 'X', failureMessage: 'The feed is empty.' },
    40,
    'import failed: The feed is empty.',
  ],
] as const)('an end as %o is said with its counts and its duration', (values, level, message) => {
  const { change, records } = openImportLog();
  change({ ...values });
  expect(records).toMatchObject([
    {
      level,
      message,
      jobId: id,
      storeId: id,
      fields: { ...counts, status: values.status, durationMs: 2_500 },
    },
  ]);
});

test('what people ask of a job is no news of how it goes, also where another node runs it', () => {
  const { change, lines } = openImportLog();
  change({ status: 'PENDING', attempt: 0 });
  change({ cancelRequestedAt: new Date(2_000) });
  for (const missingReview of ['ACCEPTED', 'DISMISSED', 'SUPERSEDED'] as const)
    change({ id: missingReview, status: 'COMPLETED', missingReview });
  expect(lines()).toEqual([[30, 'import waits']]);
  change({ id: 'asking', status: 'COMPLETED', missingReview: 'HELD' });
  expect(lines().slice(1)).toEqual([[30, 'import ended']]);
});

test('however many jobs there were, only so many are remembered', () => {
  const { change, lines } = openImportLog();
  for (let number = 0; number < 1_001; number++) change({ id: `${number}` });
  change({ id: '1000' });
  expect(lines()).toHaveLength(1_001);
  change({ id: '0' });
  expect(lines()).toHaveLength(1_002);
});
