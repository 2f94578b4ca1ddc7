import { openEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres/open-embedded-postgres.ts';

interface Choice {
  /** Of a PostgreSQL server that is not ours; without it the embedded one serves. */
  readonly databaseUrl?: string | undefined;
  /** The folder that the embedded server belongs to. */
  readonly dataDir: string;
}

/** The address of the database, up and reachable when it is the embedded one. `close` leaves the rest alone. */
export async function openDatabase({ databaseUrl, dataDir }: Choice): Promise<EmbeddedPostgres> {
  if (databaseUrl) return { url: databaseUrl, close: async () => undefined };
  return openEmbeddedPostgres(dataDir);
}
