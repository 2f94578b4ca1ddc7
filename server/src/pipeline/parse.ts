import { FeedRefusal } from '../product-data/feed-refusal.ts';
import { readCells } from './parse/cells.ts';
import { findDelimiter, unclosedQuoteLine } from './parse/delimiter.ts';
import { isBlank, isHelp, isProse, withoutByteOrderMark } from './parse/help-records.ts';
import { RecordScanner, type ScannedRecord } from './parse/record-scanner.ts';
import type { Delimiter, FeedHeader, FeedRow, FeedText } from './types.ts';

const maxRecordBytes = 1 << 20;
const maxColumns = 1024;
/** Names of columns are stored with every product that has something in a column of its own. */
const maxHeaderBytes = 64 << 10;
/** Rows that are less than one part in so many of a chunk are copied out of it. */
const mostlyOthers = 8;
/** More than `maxRecordBytes`, so that a header that is too large can be told from one that is cut. */
const headBytes = maxRecordBytes + (256 << 10);

/**
 * The header of a feed: its delimiter, decided by structure, and its columns as the file names them.
 * Throws a FeedRefusal when there is none that rows could follow.
 */
export async function readHeader(text: FeedText): Promise<FeedHeader> {
  const head = await readHead(text);
  if (head.every((byte) => byte <= 0x20)) throw new FeedRefusal('EMPTY');
  const found = findDelimiter(head, maxRecordBytes);
  if (!found) throw refusalOf(head);
  const { delimiter, header } = found;
  const { raw, tooLarge, fieldCount } = header.record;
  if (fieldCount > maxColumns) throw new FeedRefusal('TOO_MANY_COLUMNS', { limit: '1,024' });
  if (tooLarge || raw.length > maxHeaderBytes) throw new FeedRefusal('HEADER_TOO_LARGE', { limit: '64 kB' });
  return { delimiter, columns: header.cells };
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

/**
 * The data rows in the order of the file, in groups as they are read. Blank and help records and repeated
 * headers are left out and not counted. `markColumn` is the column whose place in each row is wanted, -1 for none;
 * `onBytes` is told how much of the file has been read. Throws a FeedRefusal after the last whole row when a quote never closes.
 */
export async function* readRows(
  text: FeedText,
  header: FeedHeader,
  markColumn: number,
  onBytes: (bytesRead: number) => void = () => undefined,
): AsyncGenerator<FeedRow[]> {
  const scanner = new RecordScanner({
    delimiter: header.delimiter,
    maxRecordBytes,
    markColumn,
    skipBlankLines: true,
  });
  const rows = new RowCounter(header);
  for await (const chunk of text.read(onBytes)) yield rows.take(scanner.push(chunk));
  const { record, unclosedQuoteLine } = scanner.end();
  if (unclosedQuoteLine !== null) throw new FeedRefusal('UNCLOSED_QUOTE', { line: unclosedQuoteLine });
  if (record) yield rows.take([record]);
}

/** Numbers the records that are rows, and says which of them cannot be taken apart. */
class RowCounter {
  readonly #header: FeedHeader;
  #headerRaw: Buffer | null = null;
  #rowNumber = 0;
  /** Behind broken quotes rows are not to be trusted until one is as wide as the header again. */
  #distrust = false;
  /** Cells of the last row that was whole: all rows of a feed may end with one delimiter more, or one less. */
  #usualWidth = -1;

  constructor(header: FeedHeader) {
    this.#header = header;
  }

  take(records: readonly ScannedRecord[]): FeedRow[] {
    const rows: FeedRow[] = [];
    for (const record of records) {
      const row = this.#row(record);
      if (row) rows.push(row);
    }
    return withoutChunk(rows);
  }

  #row(record: ScannedRecord): FeedRow | null {
    const raw = withoutByteOrderMark(record.raw);
    if (!record.tooLarge && this.#isNoRow(raw, record)) return null;
    const { line: lineNumber, fieldCount, quoted } = record;
    const shift = record.raw.length - raw.length;
    return {
      rowNumber: ++this.#rowNumber,
      lineNumber,
      raw,
      quoted,
      fieldCount,
      fault: this.#fault(record),
      markStart: record.markStart < 0 ? -1 : Math.max(record.markStart - shift, 0),
      markEnd: record.markEnd - shift,
    };
  }

  #isNoRow(raw: Buffer, { fieldCount }: ScannedRecord): boolean {
    if (isBlank(raw, this.#header.delimiter)) return true;
    if (!this.#headerRaw) {
      if (isHelp(raw)) return true;
      this.#headerRaw = Buffer.from(raw);
      return true;
    }
    // A `#` may begin a product number: behind the header only a narrower record is a help text.
    if (isHelp(raw) && (isProse(raw) || fieldCount < this.#header.columns.length)) return true;
    return raw.length === this.#headerRaw.length && raw.equals(this.#headerRaw);
  }

  #fault(record: ScannedRecord): FeedRow['fault'] {
    const { tooLarge, quotesBroken, quoteMissing, fieldCount } = record;
    if (tooLarge) return 'ROW_TOO_LARGE';
    const surplus = fieldCount - this.#header.columns.length;
    const trusted = surplus === 0 || fieldCount === this.#usualWidth;
    // By chance a row that has swallowed another is as wide as it should be.
    this.#distrust = quoteMissing || (!trusted && (quotesBroken || this.#distrust));
    if (this.#distrust) return 'ROW_QUOTES_BROKEN';
    if (surplus > 0 && !endsEmpty(record.raw, this.#header.delimiter, surplus)) return 'ROW_TOO_MANY_FIELDS';
    this.#usualWidth = fieldCount;
    return null;
  }
}

/** Rows are views into a chunk: few of them among blank lines would keep much alive that nobody needs. */
function withoutChunk(rows: FeedRow[]): FeedRow[] {
  const bytes = rows.reduce((sum, { raw }) => sum + raw.length, 0);
  const kept = rows[0]?.raw.buffer.byteLength ?? 0;
  return bytes * mostlyOthers > kept ? rows : rows.map((row) => ({ ...row, raw: Buffer.from(row.raw) }));
}

/** True when the last cells are empty: delimiters at the end of a line are harmless. */
function endsEmpty(raw: Buffer, delimiter: Delimiter, cells: number): boolean {
  const end = raw.subarray(-cells);
  return end.length === cells && end.every((byte) => byte === delimiter.charCodeAt(0));
}

/** The cells of each row, unquoted. */
export function readRowCells(rows: readonly FeedRow[], delimiter: Delimiter): string[][] {
  return readCells(rows, delimiter);
}
