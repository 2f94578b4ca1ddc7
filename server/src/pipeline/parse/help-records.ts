import type { Delimiter } from '../types.ts';

const hash = 0x23;
const quote = 0x22;
const blank = 0x20;

/** True for a record that holds nothing but delimiters, quotes and blanks: it is no row. */
export function isBlank(raw: Buffer, delimiter: Delimiter): boolean {
  const separator = delimiter.charCodeAt(0);
  for (const byte of raw) if (byte > 0x20 && byte !== quote && byte !== separator) return false;
  return true;
}

/** True for a record that explains the columns, as Meta's templates carry it before the header. */
export function isHelp(raw: Buffer): boolean {
  return raw[0] === hash || (raw[0] === quote && raw[1] === hash);
}

/** True for the line `sep=;`, by which Excel is told the delimiter before the header. */
const namesDelimiter = (raw: Buffer) => raw.length <= 7 && /^"?sep=[^"]"?$/i.test(raw.toString('latin1'));

/** True for a record that may stand before the header, and is none. */
export const isBeforeHeader = (raw: Buffer) => isHelp(raw) || namesDelimiter(raw);

/** True for a help text whose first cell is prose, as `# Required | …`: no product number has a blank there. */
export function isProse(raw: Buffer): boolean {
  return raw[raw[0] === quote ? 2 : 1] === blank;
}

/** True when each cell that is filled begins with `#`. */
export function saysOnlyHelp(cells: readonly string[]): boolean {
  return cells.every((cell) => /^\s*(?:#|$)/.test(cell));
}

const byteOrderMark = Buffer.from('\uFEFF');

/** The record without the byte order mark that concatenated files leave in their middle. */
export function withoutByteOrderMark(raw: Buffer): Buffer {
  return raw[0] === byteOrderMark[0] && raw.subarray(0, 3).equals(byteOrderMark) ? raw.subarray(3) : raw;
}
