import type { GraphQLResolveInfo } from 'graphql';
import { Prisma, type ImportErrorType, type Severity } from '../../generated/prisma/client.ts';
import type { Context } from '../../graphql/context.ts';
import { resolvePage, type KeyColumn, type Page, type PageArgs, type PagePart } from '../../graphql/page.ts';
import { searchPattern } from '../../graphql/search.ts';
import { loadWithSiblings } from '../../graphql/siblings.ts';
import type { Db } from '../../platform/database.ts';
import { issueKind, rowErrors, rowWarnings, type RowIssueCode } from '../../product-data/codes.ts';
import {
  errorKeyText,
  parseErrorKey,
  rowDataOfFault,
  type ErrorKey,
  type KeptError,
  type RowData,
} from './import-error.record.ts';

/** Which faults a list has; null or absent for all of them. */
export interface ErrorFilter {
  readonly type?: ImportErrorType | null;
  readonly severity?: Severity | null;
  readonly code?: string | null;
  /** Anywhere in the product's id, the sentence, or a cell of the row as the feed has it. */
  readonly search?: string | null;
}

const errorKey: readonly KeyColumn[] = [
  { column: 'row_number', type: 'int' },
  { column: 'ordinal', type: 'int' },
];

/** A page of a job's faults in the order of its rows, read together with those of the jobs beside it in a list. */
export function listImportErrors(
  context: Context,
  info: GraphQLResolveInfo,
  jobId: string,
  args: PageArgs & ErrorFilter,
): Promise<Page<KeptError>> {
  const { db } = context;
  return resolvePage({
    args,
    key: errorKey,
    descending: false,
    keyOf: ({ rowNumber, ordinal }) => [rowNumber, ordinal],
    find: async (part) => {
      const load = (jobIds: readonly string[]) => findErrors(db, jobIds, args, part);
      return (await loadWithSiblings(context, info, 'page', jobId, load)) ?? [];
    },
    count: async () => {
      const load = (jobIds: readonly string[]) => countErrors(db, jobIds, args);
      return { count: (await loadWithSiblings(context, info, 'total', jobId, load)) ?? 0, exact: true };
    },
  });
}

/** The faults of these global ids' keys, by key; those that are no key, or of no fault, are left out. */
export async function loadImportErrors(db: Db, keys: readonly string[]): Promise<Map<string, KeptError>> {
  const parsed = keys.flatMap((key) => parseErrorKey(key) ?? []);
  if (parsed.length === 0) return new Map();
  const errors = await db.$queryRaw<KeptError[]>`
    SELECT ${columns} FROM ${faultsOf(parsed)} JOIN marketplace_import_jobs j ON j.id = e.job_id`;
  return new Map(errors.map((error) => [errorKeyText(error), error]));
}

/** The rows of these faults as the feed has them, by the faults' keys; one that cannot be taken apart has none. */
export async function loadRowData(db: Db, errors: readonly ErrorKey[]): Promise<Map<string, RowData | null>> {
  const rows = await db.$queryRaw<(ErrorKey & { rowData: RowData | null })[]>`
    SELECT e.job_id AS "jobId", e.row_number AS "rowNumber", e.ordinal, ${rowDataOfFault} AS "rowData"
    FROM ${faultsOf(errors)}`;
  return new Map(rows.map((row) => [errorKeyText(row), row.rowData]));
}

/** Those that are there, as `e`. */
const faultsOf = (keys: readonly ErrorKey[]) => Prisma.sql`
  unnest(
    ${keys.map(({ jobId }) => jobId)}::uuid[], ${keys.map(({ rowNumber }) => rowNumber)}::int[],
    ${keys.map(({ ordinal }) => ordinal)}::int[]) AS asked(job_id, row_number, ordinal)
  JOIN marketplace_import_errors e USING (job_id, row_number, ordinal)`;

/** As Prisma names them, of `e` and its job `j`. */
const columns = Prisma.sql`
  e.job_id AS "jobId", e.row_number AS "rowNumber", e.ordinal, e.line_number AS "lineNumber", e.identifier,
  e.error_type AS "errorType", e.severity, e.attribute, e.code, e.error_message AS "errorMessage",
  j.store_id AS "storeId"`;

async function findErrors(
  db: Db,
  jobIds: readonly string[],
  filter: ErrorFilter,
  part: PagePart,
): Promise<Map<string, KeptError[]>> {
  const errors = await db.$queryRaw<KeptError[]>(errorsOfJobs(jobIds, filter, part));
  return Map.groupBy(errors, ({ jobId }) => jobId);
}

/**
 * The next faults of each job. A type and a severity are sets of codes, and each code has its faults in order in
 * an index: each gives its first ones, and the first of those are taken.
 */
export function errorsOfJobs(
  jobIds: readonly string[],
  filter: ErrorFilter,
  { after, orderBy, limit }: PagePart,
): Prisma.Sql {
  const codes = codesOf(filter);
  const inOrder = Prisma.sql`ORDER BY ${orderBy} LIMIT ${limit}`;
  const errors = Prisma.sql`
    SELECT * FROM marketplace_import_errors e WHERE job_id = j.id AND ${matches(filter)} AND ${after}`;
  const firstOnes = codes
    ? Prisma.sql`
        SELECT of_code.* FROM unnest(${codes}::text[]) AS of_codes(lane)
        CROSS JOIN LATERAL (${errors} AND code = lane ${inOrder}) AS of_code ${inOrder}`
    : Prisma.sql`${errors} ${inOrder}`;
  return Prisma.sql`
    SELECT ${columns} FROM marketplace_import_jobs j CROSS JOIN LATERAL (${firstOnes}) AS e
    WHERE j.id = ANY(${[...jobIds]}::uuid[])
    ORDER BY ${orderBy}`;
}

async function countErrors(
  db: Db,
  jobIds: readonly string[],
  filter: ErrorFilter,
): Promise<Map<string, number>> {
  const codes = codesOf(filter);
  const inCodes = codes ? Prisma.sql`code = ANY(${codes}::text[])` : Prisma.sql`true`;
  const counts = await db.$queryRaw<{ job_id: string; count: number }[]>`
    SELECT job_id, count(*)::int AS count FROM marketplace_import_errors e
    WHERE job_id = ANY(${[...jobIds]}::uuid[]) AND ${inCodes} AND ${matches(filter)}
    GROUP BY job_id`;
  return new Map(counts.map(({ job_id, count }) => [job_id, count]));
}

/** Null for all codes. */
function codesOf({ type, severity, code }: ErrorFilter): string[] | null {
  if (!type && !severity && typeof code !== 'string') return null;
  const all = Object.keys({ ...rowErrors, ...rowWarnings }) as RowIssueCode[];
  return all.filter((known) => {
    const kind = issueKind(known);
    return (
      (!type || kind.type === type) &&
      (!severity || kind.severity === severity) &&
      (typeof code !== 'string' || known === code)
    );
  });
}

/** Of `e`. */
function matches({ search }: ErrorFilter): Prisma.Sql {
  const pattern = searchPattern(search);
  if (pattern === null) return Prisma.sql`true`;
  // Of the row only its cells: every row has the names of the columns.
  return Prisma.sql`(identifier ILIKE ${pattern} OR error_message ILIKE ${pattern} OR EXISTS (
    SELECT FROM json_each_text(${rowDataOfFault}) AS cell WHERE cell.value ILIKE ${pattern}))`;
}
