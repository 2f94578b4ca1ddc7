import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createDb, type Database, type Db } from '../src/platform/database.ts';

export interface TestDatabase {
  readonly db: Database['db'];
  readonly url: string;
}

function urlOf(name: string): string {
  const url = new URL(inject('databaseServerUrl'));
  url.pathname = name;
  return url.href;
}

async function execute(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('databaseServerUrl') });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** What `use` gives, with a migrated and empty database of its own, dropped afterwards: for code that commits. */
export async function withDatabase<T>(use: (database: TestDatabase) => Promise<T>): Promise<T> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  // Nothing is kept after a crash, so copying files is the quickest.
  await execute(`CREATE DATABASE ${name} TEMPLATE template STRATEGY file_copy`);
  const { db, close } = createDb(urlOf(name), { maxConnections: 20 });
  try {
    return await use({ db, url: urlOf(name) });
  } finally {
    await close();
    await execute(`DROP DATABASE ${name} WITH (FORCE)`);
  }
}

class RolledBack extends Error {}

// One client for all files of a worker: the first costs a quarter of a second.
let shared: Database | undefined;

/** What `use` gives, in a transaction that is undone whatever happens. The database is empty but for it. */
export async function withRollback<T>(use: (db: Db) => Promise<T>): Promise<T> {
  const { db } = (shared ??= createDb(urlOf('rollback')));
  let outcome: { readonly value: T } | undefined;
  const work = async (transaction: Db) => {
    outcome = { value: await use(transaction) };
    throw new RolledBack();
  };
  try {
    await db.$transaction(work, { timeout: 30_000, maxWait: 10_000 });
  } catch (error) {
    if (error instanceof RolledBack && outcome) return outcome.value;
    throw error;
  }
  throw new Error('A transaction that throws was committed.');
}
