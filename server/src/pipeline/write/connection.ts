import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { openAnsweringSocket } from '../../shared/answering-socket.ts';
import { letOthersGoFirst } from '../../shared/priority.ts';

/** Where an import writes. */
export interface WriteDatabase {
  readonly databaseUrl: string;
  /** It is ours and on this machine: its processes that work for an import let those that work for others go first. */
  readonly databaseIsEmbedded: boolean;
}

/**
 * Plans of an import must not depend on how empty the tables were when it began: rows are always found by key. No
 * batch waits for the disk: one that a crash of the database takes back takes its record with it and is written
 * again, and the end of the job, by another session, waits for everything before it.
 */
const sessionSettings = `
  SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off;
  SET synchronous_commit = off;
  SET client_min_messages = warning; SET statement_timeout = '5min'`;

/** How long a database that went away is waited for before the import gives its job back. */
const reconnectMs = 60_000;
const retryDelayMs = 250;
/** No statement takes so long. */
const longestSilenceMs = 330_000;

/** One session for writing; opens itself anew after it was lost. */
export class WriteConnection {
  readonly #database: WriteDatabase;
  readonly #silenceMs: number;
  #client: pg.Client | null = null;
  #uses = 0;

  /** After `silenceMs` without a byte in either direction the connection counts as lost. */
  constructor(database: WriteDatabase, silenceMs = longestSilenceMs) {
    this.#database = database;
    this.#silenceMs = silenceMs;
  }

  /** A client that is connected now. Throws when the database stays away. */
  async client(): Promise<pg.Client> {
    const deadline = performance.now() + reconnectMs;
    // Plans are kept, also those that check foreign keys. One that was made for an empty table can be a bad one
    // for a large one, so they are made anew each time the import has doubled.
    const plansAreOld = isPowerOfTwo(++this.#uses);
    for (;;) {
      try {
        const client = (this.#client ??= await this.#connect());
        if (plansAreOld) await client.query('DISCARD PLANS');
        return client;
      } catch (error) {
        await this.rollback();
        if (performance.now() > deadline) throw error;
        await wait(retryDelayMs);
      }
    }
  }

  async #connect(): Promise<pg.Client> {
    const { databaseUrl, databaseIsEmbedded } = this.#database;
    const client = new pg.Client({
      connectionString: databaseUrl,
      stream: () => openAnsweringSocket(this.#silenceMs),
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    // A lost connection also fails the query that runs; this only keeps it from ending the process.
    client.on('error', () => undefined);
    client.once('end', () => {
      if (this.#client === client) this.#client = null;
    });
    await client.connect();
    await client.query(sessionSettings);
    if (databaseIsEmbedded) void letOthersGoFirst(await processOf(client));
    return client;
  }

  /** Ends the transaction that may be open. After a lost connection the next `client()` opens a new one. */
  async rollback(): Promise<void> {
    const client = this.#client;
    try {
      await client?.query('ROLLBACK');
    } catch {
      // The connection is gone, and the transaction with it.
      this.#client = null;
      await client?.end().catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    await client?.end().catch(() => undefined);
  }
}

/** The server's process that works for the session. */
async function processOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return (rows[0] as { pid: number }).pid;
}

const isPowerOfTwo = (count: number) => (count & (count - 1)) === 0;

const conflictCodes = new Set(['23505', '40P01', '40001']);
const lostCodes = new Set([
  ...['57P01', '57P02', '57P03'],
  ...['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
]);

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Another writer was there first (PostgreSQL Appendix A: unique violation, deadlock, serialisation failure). */
export const isConflict = (error: unknown) =>
  conflictCodes.has(codeOf(error)) || (error instanceof Error && error.name === 'ConflictError');

/** The database closed the connection or went away: what was sent last may or may not be committed. */
export const isLostConnection = (error: unknown) =>
  lostCodes.has(codeOf(error)) ||
  (error instanceof Error && /connection terminated|connection error|not queryable/i.test(error.message));
