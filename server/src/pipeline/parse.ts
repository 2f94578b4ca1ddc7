import { FeedRefusal } from '../product-data/feed-refusal.ts';
import { readCells } from './parse/cells.ts';
import { findDelimiter, unclosedQuoteLine } from './parse/delimiter.ts';
import { isBlank, isHelp, isProse, saysOnlyHelp, withoutByteOrderMark } from './parse/help-records.ts';
import { hasStrayQuote } from './parse/quoted-cells.ts';
import { RepeatedHeader } from './parse/repeated-header.ts';
import { RecordScanner, type ScannedRecord } from './parse/record-scanner.ts';
import type { Delimiter, FeedHeader, FeedRow, FeedText } from './types.ts';

const maxRecordBytes = 1 << 20;
const maxColumns = 1024;
/** Names of columns are stored with every product that has something in a column of its own. */
const maxHeaderBytes = 64 << 10;
/** A text with broken quotes falls into lines that look like rows: hardly one has more of them. */
const maxDoubtedRows = 100;
/** Rows that are less than one part in so many of a chunk are copied out of it. */
const mostlyOthers = 8;
/** More than `maxRecordBytes`, so that a header that is too large can be told from one that is cut. */
const headBytes = maxRecordBytes + (256 << 10);
const quote = 0x22;
const blank = 0x20;

/**
 * The header of a feed: its delimiter, decided by structure, and its columns as the file names them.
 * Throws a FeedRefusal when there is none that rows could follow.
 */
export async function readHeader(text: FeedText): Promise<FeedHeader> {
  const head = await readHead(text);
  if (head.every((byte) => byte <= 0x20)) throw new FeedRefusal('EMPTY');
  const found = findDelimiter(head, maxRecordBytes);
  if (!found) throw refusalOf(head);
  const { delimiter, header, usualWidth } = found;
  const { raw, line, tooLarge, fieldCount } = header.record;
  if (fieldCount > maxColumns) throw new FeedRefusal('TOO_MANY_COLUMNS', { limit: '1,024' });
  if (tooLarge || raw.length > maxHeaderBytes) throw new FeedRefusal('HEADER_TOO_LARGE', { limit: '64 kB' });
  return { delimiter, columns: header.cells, line, usualWidth };
}

/** Why no delimiter makes a header of the beginning of a feed. */
function refusalOf(head: Buffer): FeedRefusal {
  const line = unclosedQuoteLine(head, maxRecordBytes);
  if (line !== null && head.length <= maxRecordBytes) return new FeedRefusal('UNCLOSED_QUOTE', { line });
  const endless = line !== null || (head.indexOf('\n') < 0 && head.indexOf('\r') < 0);
  if (!endless || head.length <= maxHeaderBytes) return new FeedRefusal('ONE_COLUMN');
  return new FeedRefusal('HEADER_TOO_LARGE', { limit: '64 kB' });
}

async function readHead(text: FeedText): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of text.read()) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= headBytes) break;
  }
  return Buffer.concat(chunks);
}

export interface RowOptions {
  /** The column whose place in each row is wanted, -1 for none. */
  readonly idColumn?: number;
  readonly maxRows?: number;
  /** Is told how much of the file has been read. */
  readonly onBytes?: (bytesRead: number) => void;
  /** Is told each help record among the rows. */
  readonly onHelp?: (raw: Buffer) => void;
}

/**
 * The data rows in the order of the file, in groups as they are read. Blank and help records and repeated
 * headers are left out and not counted. Throws a FeedRefusal after the last whole row when a quote never closes,
 * and behind `maxRows` rows when there are more.
 */
export async function* readRows(
  text: FeedText,
  header: FeedHeader,
  { idColumn = -1, maxRows = Infinity, onBytes, onHelp = () => undefined }: RowOptions = {},
): AsyncGenerator<FeedRow[]> {
  const scanner = new RecordScanner({
    delimiter: header.delimiter,
    maxRecordBytes,
    markColumn: idColumn,
    skipBlankLines: true,
  });
  const rows = new RowCounter(header, { idColumn, maxRows, onHelp });
  for await (const chunk of text.read(onBytes)) {
    yield rows.take(scanner.push(chunk));
    rows.refuseMore();
  }
  const { record, unclosedQuoteLine } = scanner.end();
  if (unclosedQuoteLine !== null) throw new FeedRefusal('UNCLOSED_QUOTE', { line: unclosedQuoteLine });
  if (!record) return;
  yield rows.take([record]);
  rows.refuseMore();
}

type CounterOptions = Required<Omit<RowOptions, 'onBytes'>>;

/** Numbers the records that are rows, and says which of them cannot be taken apart. */
class RowCounter {
  readonly #header: FeedHeader;
  readonly #repeated: RepeatedHeader;
  readonly #beginsWithId: boolean;
  readonly #maxRows: number;
  readonly #onHelp: (raw: Buffer) => void;
  #rowNumber = 0;
  /** Behind broken quotes so many more rows are not to be trusted, unless one is as wide as rows are. */
  #doubted = 0;
  /** Cells of the last row that was whole: all rows of a feed may end with one delimiter more, or one less. */
  #lastWidth = -1;

  constructor(header: FeedHeader, { idColumn, maxRows, onHelp }: CounterOptions) {
    this.#header = header;
    this.#repeated = new RepeatedHeader(header, idColumn);
    this.#beginsWithId = idColumn === 0;
    this.#maxRows = maxRows;
    this.#onHelp = onHelp;
  }

  take(records: readonly ScannedRecord[]): FeedRow[] {
    const rows: FeedRow[] = [];
    for (const record of records) {
      const row = this.#row(record);
      if (this.#rowNumber > this.#maxRows) break;
      if (row) rows.push(row);
    }
    return withoutChunk(rows);
  }

  /** Throws a FeedRefusal when there were more rows than there may be. */
  refuseMore(): void {
    if (this.#rowNumber > this.#maxRows)
      throw new FeedRefusal('TOO_MANY_ROWS', { limit: this.#maxRows.toLocaleString('en') });
  }

  #row(record: ScannedRecord): FeedRow | null {
    const raw = withoutByteOrderMark(record.raw);
    const { line: lineNumber, fieldCount, quoted } = record;
    const shift = record.raw.length - raw.length;
    const markStart = record.markStart < 0 ? -1 : Math.max(record.markStart - shift, 0);
    const markEnd = record.markEnd - shift;
    if (!record.tooLarge && this.#isNoRow(raw, record, markStart, markEnd)) return null;
    return {
      rowNumber: ++this.#rowNumber,
      lineNumber,
      raw,
      quoted,
      fieldCount,
      fault: this.#fault(record, raw),
      markStart,
      markEnd,
    };
  }

  #isNoRow(raw: Buffer, record: ScannedRecord, idStart: number, idEnd: number): boolean {
    if (isBlank(raw, this.#header.delimiter)) return true;
    if (record.line <= this.#header.line) return true;
    if (isHelp(raw) && this.#isHelpAmongRows(raw, record)) {
      this.#onHelp(raw);
      return true;
    }
    return this.#repeated.matches({ raw, quoted: record.quoted }, idStart, idEnd);
  }

  /** Behind the header a `#` may begin a product number, which has no blank behind it, or a title. */
  #isHelpAmongRows(raw: Buffer, { fieldCount, quoted }: ScannedRecord): boolean {
    const { columns, delimiter } = this.#header;
    const prose = isProse(raw);
    if (prose && this.#beginsWithId) return true;
    if (!prose && fieldCount >= columns.length) return false;
    return saysOnlyHelp(readCells([{ raw, quoted }], delimiter)[0] ?? []);
  }

  #fault(record: ScannedRecord, raw: Buffer): FeedRow['fault'] {
    const { tooLarge, quotesBroken, quoteMissing, fieldCount } = record;
    if (tooLarge) return 'ROW_TOO_LARGE';
    const surplus = fieldCount - this.#header.columns.length;
    const usual = surplus === 0 || fieldCount === this.#lastWidth || fieldCount === this.#header.usualWidth;
    // By chance a row that has swallowed another, or a short one of which a text was cut, is as wide as it should be.
    const shifted = quotesBroken && (!usual || hasStrayQuote(raw.toString('utf8'), this.#header.delimiter));
    if (quoteMissing || shifted) this.#doubted = maxDoubtedRows;
    else if (usual) this.#doubted = 0;
    else if (this.#doubted > 0) this.#doubted--;
    if (this.#doubted > 0) return 'ROW_QUOTES_BROKEN';
    if (surplus > 0 && !endsEmpty(record.raw, this.#header.delimiter, surplus)) return 'ROW_TOO_MANY_FIELDS';
    this.#lastWidth = fieldCount;
    return null;
  }
}

/** Rows are views into a chunk: few of them among blank lines would keep much alive that nobody needs. */
function withoutChunk(rows: FeedRow[]): FeedRow[] {
  const bytes = rows.reduce((sum, { raw }) => sum + raw.length, 0);
  const kept = rows[0]?.raw.buffer.byteLength ?? 0;
  return bytes * mostlyOthers > kept ? rows : rows.map((row) => ({ ...row, raw: Buffer.from(row.raw) }));
}

/** True when the last cells are empty, in quotes or not, or blank: at the end of a line they are harmless. */
function endsEmpty(raw: Buffer, delimiter: Delimiter, cells: number): boolean {
  let end = raw.length;
  for (let left = cells; left > 0; left--) {
    while (raw[end - 1] === blank) end--;
    if (raw[end - 1] === quote && raw[end - 2] === quote) end -= 2;
    if (raw[--end] !== delimiter.charCodeAt(0)) return false;
  }
  return true;
}

/** The cells of each row, unquoted. */
export function readRowCells(rows: readonly FeedRow[], delimiter: Delimiter): string[][] {
  return readCells(rows, delimiter);
}
