import type { BatchCounts } from './types.ts';

/** What a merchant is told of an import: the ledger of its rows, and what was found out about the file. */
export interface ImportReport {
  readonly importedCount: number;
  readonly updatedCount: number;
  readonly unchangedCount: number;
  readonly errorCount: number;
  readonly warningCount: number;
  /** The sum of the first four. */
  readonly totalProcessed: number;
}

export const emptyReport: ImportReport = {
  importedCount: 0,
  updatedCount: 0,
  unchangedCount: 0,
  errorCount: 0,
  warningCount: 0,
  totalProcessed: 0,
};

/** The report with one more batch in it. */
export function addBatch(report: ImportReport, counts: BatchCounts): ImportReport {
  const { imported, updated, unchanged, errors, warnings } = counts;
  return {
    importedCount: report.importedCount + imported,
    updatedCount: report.updatedCount + updated,
    unchangedCount: report.unchangedCount + unchanged,
    errorCount: report.errorCount + errors,
    warningCount: report.warningCount + warnings,
    totalProcessed: report.totalProcessed + imported + updated + unchanged + errors,
  };
}
