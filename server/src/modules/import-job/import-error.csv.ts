import type { Store } from '../../generated/prisma/client.ts';
import { errorDownloadPath } from '../../graphql/download-path.ts';
import type { Db } from '../../platform/database.ts';
import { rowDataOfFault, type KeptError, type RowData } from './import-error.record.ts';
import type { UrlKeys } from './signed-url.ts';

/** A file that is made while it is sent. */
export interface ErrorCsv {
  readonly fileName: string;
  /**
   * Pieces of UTF-8 text. Reads on only when the next one is asked for, and stops when nobody asks any more. Throws
   * when the faults are deleted meanwhile.
   */
  readonly chunks: AsyncIterable<string>;
}

/** What a link leads to. `forged` is no link of ours; a job that is gone since, or without faults, is `missing`. */
export type ErrorDownload =
  { readonly kind: 'file'; readonly file: ErrorCsv } | { readonly kind: 'forged' | 'expired' | 'missing' };

/** The path under which the job's faults can be fetched for five minutes, by whoever has it. */
export const errorCsvUrl = (keys: UrlKeys, jobId: string): string =>
  `${errorDownloadPath}${keys.sign(jobId)}.csv`;

/** What the token of a link leads to. */
export async function openErrorDownload(db: Db, keys: UrlKeys, token: string): Promise<ErrorDownload> {
  const signed = keys.verify(token);
  if (signed.kind !== 'valid') return signed;
  const file = await openErrorCsv(db, signed.text);
  return file ? { kind: 'file', file } : { kind: 'missing' };
}

/**
 * All faults of a job that are kept, as comma-separated values (RFC 4180) in UTF-8 with a byte order mark, without
 * which spreadsheets take it for something else. Null when the job has none, or none any more.
 */
export async function openErrorCsv(db: Db, jobId: string): Promise<ErrorCsv | null> {
  const job = await db.marketplaceImportJob.findUnique({ where: { id: jobId }, include: { store: true } });
  if (!job || job.errorsRemovedAt || job.errorCount + job.warningCount === 0) return null;
  const names = await columnNames(db, jobId);
  return { fileName: fileNameOf(job), chunks: writeCsv(db, jobId, names) };
}

const fileNameOf = ({ store, createdAt }: { readonly store: Store; readonly createdAt: Date }) =>
  `import-errors-${store.code}-${createdAt.toISOString().slice(0, 16).replace(/\D/g, '')}.csv`;

/** Columns of ours, before those of the feed. */
const columns: readonly (readonly [string, (error: Row) => string | number | null])[] = [
  ['row', ({ rowNumber }) => rowNumber],
  ['line', ({ lineNumber }) => lineNumber],
  ['product id', ({ identifier }) => identifier],
  ['type', ({ errorType }) => errorType],
  ['severity', ({ severity }) => severity],
  ['attribute', ({ attribute }) => attribute],
  ['code', ({ code }) => code],
  ['message', ({ errorMessage }) => errorMessage],
];

/**
 * The feed's columns in its order. Rows that are kept have its first columns, some more of them and some fewer, so
 * that those of the longest row are all.
 */
async function columnNames(db: Db, jobId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT names.name FROM (
      SELECT row_data FROM marketplace_import_errors
      WHERE job_id = ${jobId}::uuid AND row_data IS NOT NULL
      ORDER BY (SELECT count(*) FROM json_object_keys(row_data)) DESC LIMIT 1
    ) AS longest, json_object_keys(longest.row_data) WITH ORDINALITY AS names(name, place)
    ORDER BY names.place`;
  return rows.map(({ name }) => name);
}

type Row = Omit<KeptError, 'storeId' | 'jobId'> & { readonly rowData: RowData | null };

/** Some megabytes, where each row is as long as one that is kept can be. */
const pageSize = 250;

async function* writeCsv(db: Db, jobId: string, names: readonly string[]): AsyncGenerator<string> {
  yield `\uFEFF${lineOf([...columns.map(([name]) => name), ...names])}`;
  let last: Pick<Row, 'rowNumber' | 'ordinal'> = { rowNumber: -1, ordinal: -1 };
  for (;;) {
    const page = await db.$queryRaw<Row[]>`
      SELECT row_number AS "rowNumber", ordinal, line_number AS "lineNumber", identifier, error_type AS "errorType",
        severity, attribute, code, error_message AS "errorMessage", ${rowDataOfFault} AS "rowData"
      FROM marketplace_import_errors e
      WHERE job_id = ${jobId}::uuid AND (row_number, ordinal) > (${last.rowNumber}::int, ${last.ordinal}::int)
      ORDER BY row_number, ordinal LIMIT ${pageSize}`;
    const end = page.length < pageSize ? undefined : page.at(-1);
    if (!end) await expectKept(db, jobId);
    if (page.length > 0) yield page.map((error) => lineOf(cellsOf(error, names))).join('');
    if (!end) return;
    last = end;
  }
}

/** A file that lacks what was deleted while it was sent has to break off: it would look complete. */
async function expectKept(db: Db, jobId: string): Promise<void> {
  const job = await db.marketplaceImportJob.findUnique({ where: { id: jobId } });
  if (!job || job.errorsRemovedAt)
    throw new Error(`The faults of import ${jobId} were deleted while they were sent.`);
}

function cellsOf(error: Row, names: readonly string[]): (string | number | null)[] {
  const data = new Map(Object.entries(error.rowData ?? {}));
  return [...columns.map(([, read]) => read(error)), ...names.map((name) => data.get(name) ?? null)];
}

const lineOf = (cells: readonly (string | number | null)[]) => `${cells.map(cellText).join(',')}\r\n`;

/** One cell, quoted where it has to be. */
export function cellText(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = withoutFormula(cell);
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const startOfFormula = /^(?=\s*[=+\-@＝＋－＠]|[\t\r\n])/;
/** Looks as far as the next separator, which is looked at itself. */
const separatorBeforeFormula = /[;\t\r\n](?=(?:"|[^\S\t\r\n])*[=+\-@＝＋－＠])/g;

/** A price or an amount, which a spreadsheet only reads. */
const plainNumber = /^[+-]?\d+([.,]\d+)?$/;

/**
 * The text with an apostrophe before what a spreadsheet would run: feeds are written by others. Also behind what
 * separates cells in some countries, where a file is taken apart there, and quotes that stand behind it go.
 */
function withoutFormula(text: string): string {
  if (plainNumber.test(text)) return text;
  return text.replace(startOfFormula, "'").replace(separatorBeforeFormula, "$&'");
}
