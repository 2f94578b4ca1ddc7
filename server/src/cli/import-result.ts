import type { MarketplaceImportJob } from '../generated/prisma/client.ts';
import type { ImportJobStatus, MissingReview } from '../generated/prisma/enums.ts';
import { emptyReport, type ImportReport } from '../pipeline/report.ts';
import type { Language } from '../product-data/language.ts';
import { countOf, countText, durationText } from './amounts.ts';
import { printable } from './printable.ts';

const plainStatus: Readonly<Record<string, string>> = {
  COMPLETED: 'Imported',
  COMPLETED_WITH_ERRORS: 'Imported with errors',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
};

/** How a job ended, in one line for people. */
export function summariseResult(job: MarketplaceImportJob, storeCode: string, seconds: number): string {
  const { status, language, totalProcessed } = job;
  const counts = [
    `${countText(job.importedCount)} new`,
    `${countText(job.updatedCount)} updated`,
    `${countText(job.unchangedCount)} unchanged`,
    countOf(job.errorCount, 'error'),
  ];
  const where = `${storeCode}, ${language.toLowerCase()}, ${durationText(seconds)}`;
  return `${plainStatus[status] ?? status}: ${countOf(totalProcessed, 'row')}: ${counts.join(', ')} (${where})`;
}

/** How a job ended, in a few lines for people. */
export function describeResult(job: MarketplaceImportJob, storeCode: string, seconds: number): string {
  const { errorCount, warningCount } = job;
  const lines = [summariseResult(job, storeCode, seconds)];
  if (job.failureMessage !== null) lines.push(`${printable(job.failureMessage)} (${job.failureCode ?? ''})`);
  if (errorCount > 0)
    lines.push(`${countOf(errorCount, 'row')} left out; the import's list of errors says why of each.`);
  if (warningCount > 0)
    lines.push(`${countOf(warningCount, 'warning')}: values that were left empty or put right.`);
  return [...lines, ...missingLines(job)].join('\n');
}

function missingLines({ missingReview, missingCount, returnedCount }: MarketplaceImportJob): string[] {
  const [missing, returned] = [missingCount ?? 0, returnedCount ?? 0];
  const lines = [];
  if (missingReview === 'HELD')
    lines.push(
      `${countOf(missing, 'product')} that the store had are not in this feed. Nothing was changed: the import's page asks whether they are gone.`,
    );
  else if (missing > 0) lines.push(`${countOf(missing, 'product')} gone from the feed.`);
  if (returned > 0) lines.push(`${countOf(returned, 'product')} in the feed again.`);
  return lines;
}

interface ResultJson extends ImportReport {
  /** Null for a feed that was refused before there was a job. */
  readonly id: string | null;
  readonly status: ImportJobStatus;
  readonly storeCode: string;
  readonly language: string;
  readonly totalRows: number | null;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly format: string | null;
  readonly attempt: number;
  readonly failure: Refusal | null;
  /** Null unless the whole feed was compared with what its language had. */
  readonly missing: Missing | null;
  readonly seconds: number;
}

interface Missing {
  readonly review: MissingReview;
  readonly missingCount: number;
  readonly returnedCount: number;
}

/** How a job ended, as `--json` prints it. */
export function resultJson(job: MarketplaceImportJob, storeCode: string, seconds: number): ResultJson {
  const { id, status, language, attempt, encoding, delimiter, format } = job;
  const { importedCount, updatedCount, unchangedCount, errorCount, warningCount, totalProcessed, totalRows } =
    job;
  const { failureCode: code, failureMessage: message } = job;
  return {
    ...{ id, status, storeCode, language: language.toLowerCase() },
    ...{ importedCount, updatedCount, unchangedCount, errorCount, warningCount, totalProcessed, totalRows },
    ...{ encoding, delimiter, format, attempt },
    failure: code === null ? null : { code, message: message ?? '' },
    missing: missingJson(job),
    seconds: roundSeconds(seconds),
  };
}

const missingJson = ({ missingReview, missingCount, returnedCount }: MarketplaceImportJob): Missing | null =>
  missingReview && {
    review: missingReview,
    missingCount: missingCount ?? 0,
    returnedCount: returnedCount ?? 0,
  };

interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** That a feed was refused before there was a job, for people. */
export const describeRefusal = ({ code, message }: Refusal): string =>
  `Failed: ${printable(message)} (${code})\nNothing was imported.`;

/** The same object as `resultJson` gives, for a feed that was refused before there was a job: its id is null. */
export function refusalJson(
  { storeCode, language }: { readonly storeCode: string; readonly language: Language },
  { code, message }: Refusal,
  seconds: number,
): ResultJson {
  return {
    ...{ id: null, status: 'FAILED', storeCode, language, ...emptyReport, totalRows: null },
    ...{ encoding: null, delimiter: null, format: null, attempt: 0 },
    failure: { code, message },
    missing: null,
    seconds: roundSeconds(seconds),
  };
}

/** Milliseconds are all that is worth printing. */
export const roundSeconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;
