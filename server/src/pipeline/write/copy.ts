import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const special = /[\\\n\r\t]/;
const specials = /[\\\n\r\t]/g;
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * One line of COPY's text format, with its line end; null is written as `\N` (PostgreSQL documentation,
 * COPY, "Text Format").
 */
export function copyLine(values: readonly (string | null)[]): string {
  let line = '';
  for (let at = 0; at < values.length; at++) {
    if (at > 0) line += '\t';
    const value = values[at];
    if (value === null || value === undefined) line += '\\N';
    else line += special.test(value) ? value.replace(specials, (char) => escapes[char] ?? char) : value;
  }
  return `${line}\n`;
}

/** The lines of most batches go as one piece; those of faults, each with its whole row, can be very many more. */
const pieceLength = 4_000_000;

/** Sends a line for each of these to a `COPY … FROM STDIN`; a line is made when it is its turn. */
export async function copyLines<Item>(
  client: Client,
  sql: string,
  items: readonly Item[],
  lineOf: (item: Item) => string,
): Promise<void> {
  if (items.length === 0) return;
  const stream = client.query(copyFrom(sql));
  await pipeline(piecesOf(items, lineOf), stream);
}

function* piecesOf<Item>(items: readonly Item[], lineOf: (item: Item) => string): Generator<Buffer> {
  let lines: string[] = [];
  let length = 0;
  for (const item of items) {
    const line = lineOf(item);
    lines.push(line);
    length += line.length;
    if (length < pieceLength) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
    length = 0;
  }
  if (lines.length > 0) yield Buffer.from(lines.join(''));
}
