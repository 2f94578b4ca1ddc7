import { parse } from 'csv-parse/sync';
import type { Delimiter } from '../types.ts';
import { splitQuoted } from './quoted-cells.ts';

/** A framed record, as far as taking it apart needs it. */
export interface FramedRecord {
  readonly raw: Buffer;
  readonly quoted: boolean;
}

const lineEnd = Buffer.from('\n');

/**
 * The cells of each record, unquoted. What RFC 4180 describes is split here; records whose quotes do not pair up go
 * through csv-parse, which is lenient, in one call, because its set-up costs more than a record.
 */
export function readCells(records: readonly FramedRecord[], delimiter: Delimiter): string[][] {
  const cells = records.map(({ raw, quoted }) => {
    const text = raw.toString('utf8');
    return quoted ? splitQuoted(text, delimiter) : text.split(delimiter);
  });
  const odd = records.filter((_, at) => cells[at] === null);
  const parsed = odd.length === 0 ? [] : parseLeniently(odd, delimiter);
  let next = 0;
  return cells.map((found) => found ?? (parsed[next++] as string[]));
}

function parseLeniently(records: readonly FramedRecord[], delimiter: Delimiter): string[][] {
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
