import iconv from 'iconv-lite';
import type { Dialect, FeedEncoding } from './dialects.ts';
import type { Fault } from './faults.ts';

const codecs: Readonly<Record<FeedEncoding, string>> = {
  utf8: 'utf8',
  'utf8-bom': 'utf8',
  'windows-1252': 'win1252',
  'utf16le-bom': 'utf16le',
};

/** The mark that a file in this encoding begins with; empty for encodings without. */
export const byteOrderMark = (encoding: FeedEncoding) => (encoding.endsWith('-bom') ? '\ufeff' : '');

/** The bytes of a text in the encoding of a feed. */
export const encodeFeed = (text: string, encoding: FeedEncoding): Buffer =>
  iconv.encode(text, codecs[encoding]);

const needsQuotes = (cell: string, delimiter: string) =>
  cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell);

/** A cell as RFC 4180 has it. */
function quoted(cell: string, { delimiter, quoting }: Dialect): string {
  const wrap = quoting === 'all' || needsQuotes(cell, delimiter);
  return wrap ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A text with delimiters in it and no quotes around it: it falls apart into several cells. */
const unquoted = (text: string, delimiter: string) =>
  text.replaceAll(/["\r\n]/g, ' ').replace(/[.!] /, `${delimiter} `) + delimiter;

/** One record with its line end. `brokenCell` is the position of the cell that a fault leaves unquoted. */
export function recordOf(
  cells: readonly string[],
  dialect: Dialect,
  fault?: Fault['record'],
  brokenCell = 0,
): string {
  const kept = fault === 'tooFewCells' ? cells.slice(0, -1) : cells;
  const written = kept.map((cell, position) =>
    fault === 'tooManyCells' && position === brokenCell
      ? unquoted(cell, dialect.delimiter)
      : quoted(cell, dialect),
  );
  return written.join(dialect.delimiter) + dialect.newline;
}
