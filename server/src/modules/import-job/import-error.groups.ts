import type { ImportErrorType, Severity } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import {
  errorTypesByRank,
  issueKind,
  rowErrors,
  rowWarnings,
  type RowIssueCode,
} from '../../product-data/codes.ts';
import { loadImportErrors } from './import-error.list.ts';
import { errorKeyText, type ErrorKey, type KeptError } from './import-error.record.ts';

/** All faults of one code in an import. */
export interface ErrorGroup {
  readonly type: ImportErrorType;
  readonly code: string;
  readonly severity: Severity;
  /** Exact, however many of them are kept in detail. */
  readonly count: number;
  /** The first that is kept; null when none is. */
  readonly sample: KeptError | null;
}

type CountRow = { code: string; count: number } & (ErrorKey | { jobId: string; rowNumber: null });

/**
 * The faults of these jobs by code, in two statements: errors before warnings, then by type, the most frequent
 * first. A job without faults has none.
 */
export async function loadErrorGroups(db: Db, jobIds: readonly string[]): Promise<Map<string, ErrorGroup[]>> {
  const rows = await db.$queryRaw<CountRow[]>`
    SELECT counted.job_id AS "jobId", counted.code, counted.count, first.row_number AS "rowNumber", first.ordinal
    FROM (
      SELECT b.job_id, codes.key AS code, sum(codes.value::int)::int AS count
      FROM marketplace_import_batches b, jsonb_each_text(b.code_counts) AS codes
      WHERE b.job_id = ANY(${[...jobIds]}::uuid[])
      GROUP BY b.job_id, codes.key
    ) AS counted
    LEFT JOIN LATERAL (
      SELECT row_number, ordinal FROM marketplace_import_errors e
      WHERE e.job_id = counted.job_id AND e.code = counted.code
      ORDER BY row_number, ordinal LIMIT 1
    ) AS first ON true`;
  const keys = rows.flatMap((row) => (row.rowNumber === null ? [] : [errorKeyText(row)]));
  const samples = await loadImportErrors(db, keys);
  const ofJobs = Map.groupBy(rows, ({ jobId }) => jobId);
  return new Map([...ofJobs].map(([jobId, ofJob]) => [jobId, groupsOf(ofJob, samples)]));
}

function groupsOf(rows: readonly CountRow[], samples: ReadonlyMap<string, KeptError>): ErrorGroup[] {
  const groups = rows.flatMap((row): ErrorGroup[] => {
    const sample = row.rowNumber === null ? null : (samples.get(errorKeyText(row)) ?? null);
    const { code, count } = row;
    // A code of another version of the program may be known from its kept faults alone.
    const kind = isKnown(code) ? issueKind(code) : sample && { type: sample.errorType, ...sample };
    return kind ? [{ type: kind.type, severity: kind.severity, code, count, sample }] : [];
  });
  return groups.sort((a, b) => rankOf(a) - rankOf(b) || b.count - a.count || (a.code < b.code ? -1 : 1));
}

const isKnown = (code: string): code is RowIssueCode =>
  Object.hasOwn(rowErrors, code) || Object.hasOwn(rowWarnings, code);

const rankOf = ({ type, severity }: ErrorGroup) =>
  (severity === 'ERROR' ? 0 : errorTypesByRank.length) + errorTypesByRank.indexOf(type);
