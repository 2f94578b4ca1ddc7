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

/** Sends lines to a `COPY … FROM STDIN`. */
export async function copyLines(client: Client, sql: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const stream = client.query(copyFrom(sql));
  await pipeline([Buffer.from(lines.join(''))], stream);
}
