import { randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { MigrationError, findPending, sha256, type Applied, type Migration } from './migration-history.ts';

const defaultFolder = resolve(import.meta.dirname, '../../../prisma/migrations');

/**
 * For so long a migration waits for a table at a time: everybody who reads it queues up behind, and a pg_dump keeps it
 * for minutes.
 */
const patience = '3s';
const pauseMs = 1_000;

/** Prisma's own number: neither of us migrates while the other does. */
const advisoryLock = 72_707_369;

/** As Prisma makes it. */
const createTable = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY NOT NULL,
    checksum varchar(64) NOT NULL,
    finished_at timestamptz,
    migration_name varchar(255) NOT NULL,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`;

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const file = join(folder, name, 'migration.sql');
      const sql = await readFile(file, 'utf8').catch((cause: unknown) => {
        throw new MigrationError('MIGRATION_UNREADABLE', name, `has no readable file ${file}.`, { cause });
      });
      return { name, sql };
    }),
  );
}

async function readApplied(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<Applied>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
  );
  return rows;
}

/** SQLSTATE 55P03: lock_not_available. */
const isLockTimeout = (error: unknown) => error instanceof Error && 'code' in error && error.code === '55P03';

/** One transaction. False when a lock could not be had in time: then nothing was done. */
async function attempt(client: pg.Client, { name, sql }: Migration): Promise<boolean> {
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL lock_timeout = '${patience}'`);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), sha256(sql), name],
    );
    await client.query(sql);
    await client.query('COMMIT');
    return true;
  } catch (cause) {
    if (isLockTimeout(cause)) {
      await client.query('ROLLBACK');
      return false;
    }
    // The connection is closed next, which rolls back as well.
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError('MIGRATION_FAILED', name, `failed and left nothing behind: ${reason}`, {
      cause,
    });
  }
}

/** Told of what the migrations wait for, in a sentence. */
export type OnWait = (sentence: string) => void;

async function apply(client: pg.Client, migration: Migration, onWait?: OnWait): Promise<void> {
  for (let attempts = 1; !(await attempt(client, migration)); attempts += 1) {
    if (attempts === 1) {
      onWait?.(
        `Migration ${migration.name} waits for a table that somebody else has in use (a pg_dump, an open transaction) …`,
      );
    }
    await wait(pauseMs);
  }
}

/**
 * The names of the migrations that were applied now, in order; none when the database was up to date. Any
 * number of processes may call it at once: one migrates, the others wait and find nothing to do. Keeps the
 * records of `prisma migrate deploy`, which can take over at any time. Throws MigrationError.
 */
export async function applyMigrations(
  databaseUrl: string,
  folder = defaultFolder,
  onWait?: OnWait,
): Promise<string[]> {
  const known = await readMigrations(folder);
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined); // a connection that breaks fails the query under way, which says so
  await client.connect();
  try {
    // Whoever waits for another that migrates waits as long as that takes.
    await client.query('SET statement_timeout = 0; SET lock_timeout = 0');
    await client.query('SELECT pg_advisory_lock($1)', [advisoryLock]);
    await client.query(createTable);
    const pending = findPending(known, await readApplied(client));
    for (const migration of pending) await apply(client, migration, onWait);
    return pending.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
