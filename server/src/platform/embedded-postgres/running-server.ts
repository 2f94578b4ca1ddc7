import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findBinaries, type Binaries } from './binaries.ts';
import { checkVersion, createCluster, hasCluster } from './cluster.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { findPlace, type Place } from './place.ts';
import { findPostmaster, type Postmaster } from './postmaster.ts';
import { writeRecord } from './record.ts';
import { answers, ensureDatabase, urlOf } from './server-connection.ts';
import { host, patienceSeconds, startServer, stopServer, type ServerSettings } from './server-process.ts';

/** All of this but the address is for whoever holds the turn: see `openEmbeddedPostgres`. */
export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** Ends it cleanly, for all who use it. */
  stop(): Promise<void>;
}

/** The server that runs on the cluster, once it answers; null when there is none, or none any more. */
async function findServer(place: Place): Promise<Postmaster | null> {
  const patience = AbortSignal.timeout(patienceSeconds * 1000);
  for (;;) {
    const server = await findPostmaster(place.cluster);
    if (!server || (await answers(place, server.port))) return server;
    if (patience.aborted) {
      throw new EmbeddedPostgresError(
        'START_FAILED',
        `The embedded PostgreSQL (process ${server.pid}) runs but does not answer. Its log is in ${place.cluster}.`,
      );
    }
    await wait(100);
  }
}

/** The cluster, made when there is none, and fit for these programs. */
async function prepareCluster({ cluster, dataFolder, record, user }: Place, binaries: Binaries) {
  if (!hasCluster(cluster)) {
    if (record.made) {
      // An empty database in its place would look as if everything had been deleted.
      throw new EmbeddedPostgresError(
        'CLUSTER_LOST',
        `The database of ${dataFolder} was in ${cluster}, and is not there. Restore that folder from a backup, ` +
          `or remove ${join(dataFolder, 'postgres.json')} to begin with an empty database.`,
      );
    }
    // The password first: a cluster that nobody knows the password of would be lost.
    await writeRecord(dataFolder, record);
    await createCluster(cluster, record.password, binaries, user);
  }
  await checkVersion(cluster, binaries);
}

async function recordServer(place: Place): Promise<Postmaster> {
  const started = await findServer(place);
  if (!started) {
    throw new EmbeddedPostgresError('START_FAILED', 'The embedded PostgreSQL ended right after its start.');
  }
  const { pid, port } = started;
  await ensureDatabase(place, port);
  const server = { ownerPid: process.pid, pid, host, port, startedAt: new Date().toISOString() };
  await writeRecord(place.dataFolder, { ...place.record, made: true, server });
  return started;
}

async function start(place: Place, settings: ServerSettings): Promise<Postmaster> {
  const binaries = await findBinaries(place.user);
  await prepareCluster(place, binaries);
  await startServer(place.cluster, binaries, place.user, settings);
  try {
    return await recordServer(place);
  } catch (error) {
    // Nobody would stop it: whoever asked for it gets the error instead. That one counts, not a second one.
    await stopServer(place.cluster, binaries, place.user).catch(() => undefined);
    throw error;
  }
}

/** The data folder's server: the one that runs already, or one started now with these settings. */
export async function findOrStartServer(
  dataFolder: string,
  settings: ServerSettings,
): Promise<RunningServer> {
  const place = await findPlace(dataFolder);
  const { port } = (await findServer(place)) ?? (await start(place, settings));
  return {
    url: urlOf(place, port),
    port,
    stop: async () => {
      await stopServer(place.cluster, await findBinaries(place.user), place.user);
      await writeRecord(dataFolder, { ...place.record, made: true, server: null });
    },
  };
}
