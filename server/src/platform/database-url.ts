import { openEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres/open-embedded-postgres.ts';

interface Choice {
  /** Of a PostgreSQL server that is not ours; without it the embedded one serves. */
  readonly databaseUrl?: string | undefined;
  /** The folder that the embedded server belongs to. */
  readonly dataDir: string;
  /** Hears when the embedded server has ended by itself. */
  readonly onLost?: ((error: Error) => void) | undefined;
}

/** The address of the database, up and reachable when it is the embedded one. `close` leaves the rest alone. */
export async function openDatabase({ databaseUrl, dataDir, onLost }: Choice): Promise<EmbeddedPostgres> {
  if (databaseUrl) return { url: databaseUrl, close: async () => undefined };
  return openEmbeddedPostgres(dataDir, {}, onLost);
}
