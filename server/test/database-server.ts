import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { applyMigrations } from '../src/platform/migrate.ts';
import { openThrowawayPostgres } from './throwaway-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a server that the whole run shares; `template` in it is migrated and open to nobody. */
    databaseServerUrl: string;
  }
}

/** Vitest's global setup: the server, and the databases that `database.ts` works with. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openThrowawayPostgres();
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  try {
    await admin.query('CREATE DATABASE template');
    const template = new URL(server.url);
    template.pathname = 'template';
    await applyMigrations(template.href);
    // A copy fails while anyone is in there.
    await admin.query('ALTER DATABASE template ALLOW_CONNECTIONS false');
    await admin.query('CREATE DATABASE rollback TEMPLATE template');
  } finally {
    await admin.end();
  }
  project.provide('databaseServerUrl', server.url);
  return () => server.close();
}
