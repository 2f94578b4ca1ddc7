import { parse } from 'csv-parse/sync';
import type { Delimiter } from '../types.ts';

/** A framed record, as far as taking it apart needs it. */
export interface FramedRecord {
  readonly raw: Buffer;
  readonly quoted: boolean;
}

const lineEnd = Buffer.from('\n');

/**
 * The cells of each record, unquoted. A record without quotes is its text between delimiters (RFC 4180,
 * section 2); all others go through csv-parse in one call, because its set-up costs more than a record.
 */
export function readCells(records: readonly FramedRecord[], delimiter: Delimiter): string[][] {
  const withQuotes = records.filter(({ quoted }) => quoted);
  const parsed = withQuotes.length === 0 ? [] : parseQuoted(withQuotes, delimiter);
  let next = 0;
  return records.map(({ raw, quoted }) =>
    quoted ? (parsed[next++] as string[]) : raw.toString('utf8').split(delimiter),
  );
}

function parseQuoted(records: readonly FramedRecord[], delimiter: Delimiter): string[][] {
  const bytes = Buffer.concat(records.flatMap(({ raw }) => [raw, lineEnd]));
  const cells: string[][] = parse(bytes, {
    delimiter,
    record_delimiter: '\n',
    relax_quotes: true,
    relax_column_count: true,
  });
  if (cells.length !== records.length) {
    throw new Error(`csv-parse found ${cells.length} records where ${records.length} were framed`);
  }
  return cells;
}
