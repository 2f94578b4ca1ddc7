import { recogniseHeader } from '../../product-data/header-aliases.ts';
import type { Delimiter } from '../types.ts';
import { readCells } from './cells.ts';
import { isBeforeHeader, isBlank, isHelp, withoutByteOrderMark } from './help-records.ts';
import { RecordScanner, type ScannedRecord } from './record-scanner.ts';

const candidates: readonly Delimiter[] = [',', ';', '\t', '|'];
const sampleRecords = 20;
const sampleBytes = 64 << 10;
/** A feed may have no more columns: what is behind them need not be looked at. */
const scoredColumns = 1024;

/** The first record that is neither blank nor a help text; or a help text that names columns which nobody else names. */
export interface HeaderRecord {
  readonly record: ScannedRecord;
  readonly cells: string[];
}

interface FoundDelimiter {
  readonly delimiter: Delimiter;
  readonly header: HeaderRecord;
  /** Cells of nearly all of the first rows; -1 when they differ. */
  readonly usualWidth: number;
}

/**
 * The delimiter under which the beginning of a feed makes most sense: known names in the header first, then
 * rows as wide as the header. Counting characters would be fooled: prose is full of commas, and headers such as
 * `Categories (x;y;z)` exist. Null when no delimiter gives two columns.
 */
export function findDelimiter(head: Buffer, maxRecordBytes: number): FoundDelimiter | null {
  let best: (FoundDelimiter & { score: number }) | null = null;
  for (const delimiter of candidates) {
    const records = firstRecords(head, delimiter, maxRecordBytes);
    const [first, ...rows] = records;
    if (!first || first.fieldCount < 2) continue;
    const header = { record: first, cells: readCells([first], delimiter)[0] as string[] };
    const score = scoreOf(header.cells, rows);
    const usualWidth = usualWidthOf(rows, first.fieldCount);
    if (!best || score > best.score) best = { delimiter, header, usualWidth, score };
  }
  return best;
}

/** The line of a quote that swallows the header, by whichever delimiter; null when there is none. */
export function unclosedQuoteLine(head: Buffer, maxRecordBytes: number): number | null {
  for (const delimiter of candidates) {
    const scanner = new RecordScanner({ delimiter, maxRecordBytes, skipBlankLines: true });
    const records = scanner.push(head);
    const line = scanner.end().unclosedQuoteLine;
    if (line !== null && records.every(({ raw }) => isBlank(raw, delimiter) || isBeforeHeader(raw)))
      return line;
  }
  return null;
}

/** The header and up to 20 rows behind it. */
function firstRecords(head: Buffer, delimiter: Delimiter, maxRecordBytes: number): ScannedRecord[] {
  const scanner = new RecordScanner({ delimiter, maxRecordBytes, skipBlankLines: true });
  const found: ScannedRecord[] = [];
  let help: ScannedRecord | undefined;
  const take = (record: ScannedRecord) => {
    const raw = withoutByteOrderMark(record.raw);
    if (record.tooLarge || (!isBlank(raw, delimiter) && !isBeforeHeader(raw))) found.push({ ...record, raw });
    else if (found.length === 0 && isHelp(raw)) help = { ...record, raw };
  };
  for (let at = 0; at < head.length && found.length <= sampleRecords; at += sampleBytes) {
    scanner.push(head.subarray(at, at + sampleBytes)).forEach(take);
  }
  const { record } = scanner.end();
  if (record) take(record);
  const [first] = found;
  // `#id;title` is a header to some programs: without it the first row would be taken for one.
  const isMarked = help && namesProducts(help, delimiter) && !(first && namesProducts(first, delimiter));
  return (help && isMarked ? [help, ...found] : found).slice(0, sampleRecords + 1);
}

/** True for a record that names the two things that no product is without. */
function namesProducts(record: ScannedRecord, delimiter: Delimiter): boolean {
  const [cells = []] = readCells([record], delimiter);
  const named = cells.slice(0, scoredColumns).map((cell) => recogniseHeader(cell)?.attribute);
  return named.includes('id') && (named.includes('title') || named.includes('structured_title'));
}

function scoreOf(header: readonly string[], rows: readonly ScannedRecord[]): number {
  const known = header.slice(0, scoredColumns).filter((cell) => recogniseHeader(cell) !== null).length;
  const even = rows.filter(({ fieldCount }) => fieldCount === header.length).length;
  // A name that is known says more than any number of even rows; evenness decides between strangers.
  return known * (sampleRecords + 1) + (rows.length === 0 ? 0 : (even / rows.length) * sampleRecords);
}

function usualWidthOf(rows: readonly ScannedRecord[], headerWidth: number): number {
  const widths = rows.filter(({ quotesBroken }) => !quotesBroken).map(({ fieldCount }) => fieldCount);
  const isUsual = (width: number) => widths.filter((other) => other === width).length >= 0.8 * widths.length;
  // A text with broken quotes falls into lines of few cells.
  return widths.find((width) => width > headerWidth / 2 && isUsual(width)) ?? -1;
}
