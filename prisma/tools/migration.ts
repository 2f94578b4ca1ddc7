import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openThrowawayPostgres } from '../../server/test/throwaway-postgres.ts';
import { migrationsFolder, sqlForNextMigration } from './engine.ts';

/**
 * Writes the migration from what the migrations make so far to what the schema says:
 *
 *     pnpm db:migration add_store_slogan
 */
async function write(name: string, sql: string): Promise<string> {
  const timestamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const file = join(migrationsFolder, `${timestamp}_${name}`, 'migration.sql');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, sql);
  return file;
}

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Give the migration a name of lower-case letters, digits and underscores: add_store_slogan');
  process.exit(1);
}
const server = await openThrowawayPostgres();
try {
  const sql = await sqlForNextMigration(server.url);
  console.log(sql === null ? 'The migrations say all that the schema says.' : await write(name, sql));
} finally {
  await server.close();
}
