import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from '../server/src/schema.ts';

/** Writes `schema.graphql` from the code; with `--check` it only says whether the file is up to date. */
const file = resolve(import.meta.dirname, '../schema.graphql');
const printed = `# Printed from the code by \`pnpm schema\`. Not edited by hand.\n\n${printSchema(lexicographicSortSchema(schema))}\n`;

if (!process.argv.includes('--check')) await writeFile(file, printed);
else if ((await readFile(file, 'utf8').catch(() => '')) !== printed) {
  console.error('schema.graphql is not what the code says. Run `pnpm schema`.');
  process.exitCode = 1;
}
