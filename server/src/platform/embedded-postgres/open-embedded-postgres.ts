import { join } from 'node:path';
import { giveToOwnerOf } from '../../shared/give-to-owner.ts';
import { tryFileLock, withFileLock, type FileLock } from '../file-lock.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { prepareDataFolder } from './place.ts';
import { findOrStartServer, type RunningServer } from './running-server.ts';
import { listens } from './server-connection.ts';
import type { ServerSettings } from './server-process.ts';

export interface EmbeddedPostgres {
  /** Of the database `marketplace`, with the password. */
  readonly url: string;
  /** Leaves the server; the last one to leave stops it. Twice is once. */
  readonly close: () => Promise<void>;
}

/** A fault of the disk as a sentence; others as they are. */
function explain(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  const message = 'The embedded PostgreSQL cannot write: the disk is full. Make room and start again.';
  return new EmbeddedPostgresError('DISK_FULL', message, { cause: error });
}

/** A place among those who use the server. Kept until it is released or the process ends, however it ends. */
async function takeSeat(dataFolder: string, seats: string): Promise<FileLock> {
  const seat = tryFileLock(seats, 'shared');
  if (!seat) throw new Error(`Another program has locked ${seats}.`);
  await giveToOwnerOf(dataFolder, seats);
  return seat;
}

/** Stops the server unless somebody else still has a seat. */
async function stopIfLast(server: RunningServer, seats: string): Promise<void> {
  const last = tryFileLock(seats, 'exclusive');
  if (!last) return;
  try {
    await server.stop();
  } finally {
    last.release();
  }
}

const lookMs = 2_000;
/** Looks at a server that is not there: whoever restarts it by hand needs less. */
const mostInVain = 4;

/** Calls back once the server is gone for good, until the timer is cleared. */
function watch({ port }: RunningServer, onGone: () => void): NodeJS.Timeout {
  let inVain = 0;
  const look = async () => {
    inVain = (await listens(port)) ? 0 : inVain + 1;
    if (inVain === mostInVain) onGone();
  };
  // What hinders a look says nothing of the server.
  return setInterval(() => void look().catch(() => undefined), lookMs).unref();
}

/**
 * The PostgreSQL that belongs to the data folder: the one that runs already, or one started now. It outlives
 * a process that ends without closing it; the next one to open it takes it over. `settings` count only for a
 * server that is started now. `onLost` hears when it has ended although nobody who uses it has stopped it. Throws
 * EmbeddedPostgresError.
 */
export async function openEmbeddedPostgres(
  dataDir: string,
  settings: ServerSettings = {},
  onLost?: (error: EmbeddedPostgresError) => void,
): Promise<EmbeddedPostgres> {
  const dataFolder = await prepareDataFolder(dataDir);
  const seats = join(dataFolder, 'postgres.seats.lock');
  // Held while anything changes: one process at a time starts, joins or stops.
  const turn = join(dataFolder, 'postgres.turn.lock');

  const { seat, server } = await withFileLock(turn, async () => {
    await giveToOwnerOf(dataFolder, turn);
    const seat = await takeSeat(dataFolder, seats);
    try {
      return { seat, server: await findOrStartServer(dataFolder, settings) };
    } catch (error) {
      seat.release();
      throw explain(error);
    }
  });

  const lost = `The embedded PostgreSQL of ${dataFolder} has ended, and nobody asked it to. Start again: its data is there.`;
  const watching = onLost && watch(server, () => onLost(new EmbeddedPostgresError('SERVER_LOST', lost)));
  let closing: Promise<void> | undefined;
  const leave = () => {
    clearInterval(watching);
    return withFileLock(turn, () => {
      seat.release();
      return stopIfLast(server, seats);
    });
  };
  return { url: server.url, close: () => (closing ??= leave()) };
}
