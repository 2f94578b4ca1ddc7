// @module-tag import-job
// @module-tag db
// @module-tag hostile
import { expect, test } from 'vitest';
import { withFeedShop } from '../../../test/feed-shop.ts';

test('rows with a hundred faults each, and much in every one, are within the memory of an import', () =>
  withFeedShop(async ({ database: { db }, importOf, serve }) => {
    const [numbers, text] = ['x,'.repeat(200), 'A "long" text. '.repeat(100)].map(
      (cell) => `"${cell.replaceAll('"', '""')}"`,
    );
    const rows = Array.from({ length: 1_000 }, (_, at) => `P${at},,5.00,${numbers},${text}\n`);
    serve(`id,title,price,gtin,description\n${rows.join('')}`);
    const job = await importOf();
    expect([job.status, job.failureCode, job.interruptions]).toEqual(['COMPLETED_WITH_ERRORS', null, 0]);
    expect([job.errorCount, job.warningCount]).toEqual([1_000, 99_000]);
    const kept = await db.marketplaceImportError.groupBy({
      by: ['rowNumber'],
      _count: true,
      where: { jobId: job.id },
    });
    expect(new Set(kept.map(({ _count: count }) => count))).toEqual(new Set([20]));
  }));
