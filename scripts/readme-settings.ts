import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { settingsTable } from '../server/src/config.ts';

/**
 * Writes the table of settings into the README, between its two marks; a test says when that is due.
 *
 *     node scripts/readme-settings.ts
 */
const file = resolve(import.meta.dirname, '../README.md');
const readme = await readFile(file, 'utf8');
const marks = /(<!-- settings: begin -->\n)[^]*?(\n<!-- settings: end -->)/;
const written = readme
  .replace(/(begin -->\n)(<!--)/, '$1\n$2')
  .replace(marks, (_, begin: string, end: string) => `${begin}\n${settingsTable()}\n${end}`);
await writeFile(file, await format(written, { ...(await resolveConfig(file)), filepath: file }));
