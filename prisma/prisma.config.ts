import { defineConfig } from 'prisma/config';

/** Paths are relative to this file. The server applies migrations itself: server/src/platform/migrate.ts. */
export default defineConfig({
  schema: 'schema',
  migrations: { path: 'migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? '' },
});
