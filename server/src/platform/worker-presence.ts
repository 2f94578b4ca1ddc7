import type { Db } from './database.ts';
import { keepSession, type KeptSession } from './kept-session.ts';

/** Two numbers of our own in PostgreSQL's space of advisory locks. */
const lock = { space: 72_707_370, key: 1 };

/** A machine that lost its power says no goodbye: the server asks after it, by its own settings only in hours. */
const missedSoon =
  'SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 4';

/**
 * Lets all see that a worker takes turns, until it is closed. A lock that many can share, held by a session, says
 * so exactly as long as the process lives, however it ends.
 */
export function announceWorker(databaseUrl: string, onError: (error: Error) => void): Promise<KeptSession> {
  return keepSession({
    databaseUrl,
    name: 'worker',
    onError,
    prepare: async (client) => {
      await client.query(missedSoon);
      await client.query('SELECT pg_advisory_lock_shared($1, $2)', [lock.space, lock.key]);
    },
  });
}

/** How many processes take turns now, on all machines that share the database. */
export async function countWorkers(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = ${lock.space}::int::oid
      AND objid = ${lock.key}::int::oid
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  return row?.count ?? 0;
}
