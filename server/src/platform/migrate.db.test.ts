// @module-tag platform
// @module-tag db
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import { sqlForNextMigration } from '../../../prisma/tools/engine.ts';
import { withDatabase } from '../../test/database.ts';
import { applyMigrations } from './migrate.ts';

const committed = resolve(import.meta.dirname, '../../../prisma/migrations');

/** An empty database, and a folder with two small migrations. */
async function setUp() {
  const name = `migrate_${crypto.randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: inject('databaseServerUrl') });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(inject('databaseServerUrl'));
  url.pathname = name;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  onTestFinished(async () => {
    await client.end();
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
    await rm(folder, { recursive: true });
  });
  const write = async (migration: string, sql: string) => {
    await mkdir(join(folder, migration), { recursive: true });
    await writeFile(join(folder, migration, 'migration.sql'), sql);
  };
  await write('20260101000000_one', 'CREATE TABLE one (id int);\n');
  await write('20260102000000_two', 'CREATE TABLE two (id int);\n');
  return { url: url.href, client, folder, write, migrate: () => applyMigrations(url.href, folder) };
}

test('the migrations make what the schema says', async () => {
  expect(await sqlForNextMigration(inject('databaseServerUrl'))).toBeNull();
});

test('applies in order what is missing, and nothing twice', async () => {
  const { migrate, write } = await setUp();
  expect(await migrate()).toEqual(['20260101000000_one', '20260102000000_two']);
  expect(await migrate()).toEqual([]);
  await write('20260103000000_three', 'ALTER TABLE two ADD name text');
  expect(await migrate()).toEqual(['20260103000000_three']);
});

test('three starts at once migrate once', async () => {
  const { url, folder } = await setUp();
  await cp(committed, folder, { recursive: true });
  const starts = await Promise.all([1, 2, 3].map(() => applyMigrations(url, folder)));
  expect(starts.filter((names) => names.length > 0)).toHaveLength(1);
  expect(starts.flat()).toContain('20260102000000_two');
});

test('keeps the records that Prisma keeps', async () => {
  const { client, migrate } = await setUp();
  await migrate();
  const { rows } = await client.query('SELECT * FROM _prisma_migrations ORDER BY migration_name LIMIT 1');
  expect(rows).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      checksum: 'b8f928ff41da98938f5d9452516c35f7f5b24ed8bf74448cb6252d614e0c90f9',
      finished_at: expect.any(Date) as Date,
      migration_name: '20260101000000_one',
      logs: null,
      rolled_back_at: null,
      started_at: expect.any(Date) as Date,
      applied_steps_count: 1,
    },
  ]);
});

test('a migration that fails leaves nothing behind, and those before it stay', async () => {
  const { client, migrate, write } = await setUp();
  await write('20260103000000_three', 'CREATE TABLE three (id int); SELECT 1 / 0;');
  await expect(migrate()).rejects.toMatchObject({
    code: 'MIGRATION_FAILED',
    migration: '20260103000000_three',
  });
  const tables = await client.query(`SELECT to_regclass('two')::text AS two, to_regclass('three') AS three`);
  expect(tables.rows).toEqual([{ two: 'two', three: null }]);
  await write('20260103000000_three', 'CREATE TABLE three (id int)');
  expect(await migrate()).toEqual(['20260103000000_three']);
});

const broken: [
  what: string,
  code: string,
  prepare: (setup: Awaited<ReturnType<typeof setUp>>) => Promise<unknown>,
][] = [
  [
    'was interrupted',
    'MIGRATION_INTERRUPTED',
    ({ client }) => client.query('UPDATE _prisma_migrations SET finished_at = NULL'),
  ],
  [
    'was edited',
    'MIGRATION_EDITED',
    ({ write }) => write('20260101000000_one', 'CREATE TABLE one (id bigint);'),
  ],
  [
    'before the newest is gone',
    'MIGRATION_MISSING',
    ({ folder }) => rm(join(folder, '20260101000000_one'), { recursive: true }),
  ],
  [
    'came in before one that is applied',
    'MIGRATION_OUT_OF_ORDER',
    ({ write }) => write('20260101120000_late', 'CREATE TABLE late (id int)'),
  ],
  [
    'has no file',
    'MIGRATION_UNREADABLE',
    ({ folder }) => rm(join(folder, '20260102000000_two/migration.sql')),
  ],
];
test.each(broken)('refuses when a migration %s', async (_what, code, prepare) => {
  const setup = await setUp();
  await setup.migrate();
  await prepare(setup);
  await expect(setup.migrate()).rejects.toMatchObject({ name: 'MigrationError', code });
});

test('a database ahead of the code is served as it is', async () => {
  const { folder, migrate } = await setUp();
  await migrate();
  await rename(join(folder, '20260102000000_two'), `${folder}-newer`);
  expect(await migrate()).toEqual([]);
  await rm(`${folder}-newer`, { recursive: true });
});

test('other ends of lines are no edit', async () => {
  const { migrate, write } = await setUp();
  await migrate();
  await write('20260101000000_one', 'CREATE TABLE one (id int);\r\n');
  expect(await migrate()).toEqual([]);
});

test('a migration that Prisma has rolled back is applied again', async () => {
  const { client, migrate } = await setUp();
  await migrate();
  await client.query(`DROP TABLE two; UPDATE _prisma_migrations SET rolled_back_at = now()
    WHERE migration_name LIKE '%two'`);
  expect(await migrate()).toEqual(['20260102000000_two']);
});

test('a migration that waits for an open transaction lets others read, and is applied after it', async () => {
  const { url, client, migrate, folder, write } = await setUp();
  await migrate();
  await write('20260103000000_three', 'ALTER TABLE two ADD name text');
  await client.query('BEGIN; LOCK TABLE two IN ACCESS SHARE MODE');
  const waits: string[] = [];
  const migrating = applyMigrations(url, folder, (sentence) => waits.push(sentence));
  const reader = new pg.Client({ connectionString: url, statement_timeout: 10_000 });
  await reader.connect();
  onTestFinished(() => reader.end());
  const asks = `SELECT count(*)::int AS count FROM pg_locks WHERE relation = 'two'::regclass AND NOT granted`;
  await expect.poll(async () => (await reader.query<{ count: number }>(asks)).rows).toEqual([{ count: 1 }]);
  await reader.query('SELECT * FROM two');
  await expect.poll(() => waits).toEqual([expect.stringContaining('20260103000000_three')]);
  await client.query('ROLLBACK');
  expect(await migrating).toEqual(['20260103000000_three']);
}, 30_000);

test('whoever waits for another that migrates waits as long as that takes', async () => {
  const { client, migrate } = await setUp();
  await client.query('SELECT pg_advisory_lock(72707369)');
  const migrating = migrate();
  // Longer than a migration waits for a table at a time.
  await client.query('SELECT pg_sleep(3.5), pg_advisory_unlock(72707369)');
  expect(await migrating).toHaveLength(2);
}, 30_000);

test('a fresh copy of the template is migrated already', () =>
  withDatabase(async ({ url }) => expect(await applyMigrations(url)).toEqual([])));
