import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { openAnsweringSocket } from '../shared/answering-socket.ts';
import { Prisma, PrismaClient } from '../generated/prisma/client.ts';

/** The client, or a transaction's: what reads and writes takes either, and transactions nest by savepoints. */
export type Db = Prisma.TransactionClient;

export interface Database {
  readonly db: PrismaClient;
  /** Ends all connections. */
  readonly close: () => Promise<void>;
}

interface Options {
  readonly maxConnections?: number;
  /** After so long without a byte in either direction a connection counts as lost. */
  readonly silenceMs?: number;
}

/** No statement takes so long; connections that nobody uses are closed long before. */
const longestSilenceMs = 330_000;

/**
 * Prisma's adapter sends times without their zone, in UTC, so a session in another zone would shift them. A process
 * that stands still in the middle of a transaction would keep its locks for as long: others must not wait for it.
 * The planner's default for a page at random is that of a turning disk: with it, and with no statistics yet, a page
 * of a list would be sorted out of a whole store instead of being read from the index that has the order.
 */
const sessionSettings = `
  SET TIME ZONE 'UTC'; SET idle_in_transaction_session_timeout = '10s'; SET random_page_cost = 1.1`;

/** pg waits for the promise before it hands out the connection, though its types do not say so. */
const prepareSession: (client: pg.ClientBase) => unknown = (client) => client.query(sessionSettings);

/** A Prisma client for the database of that address. Connects with the first query. */
export function createDb(
  url: string,
  { maxConnections = 10, silenceMs = longestSilenceMs }: Options = {},
): Database {
  const settings = {
    ...{ connectionString: url, max: maxConnections, onConnect: prepareSession },
    // A server that vanished without a word is noticed by the system's keep-alive only.
    ...{ keepAlive: true, keepAliveInitialDelayMillis: 10_000 },
    stream: () => openAnsweringSocket(silenceMs),
  };
  const adapter = new PrismaPg(settings, { statementNameGenerator: nameOfStatement });
  const db = new PrismaClient({ adapter });
  return { db, close: () => db.$disconnect() };
}

/**
 * A raw statement that begins with such a comment is planned once a connection, whatever its values, and not each time:
 * for what is asked very often, of tables that never grow suddenly, since the plan stays for as long as the database
 * takes to notice. The name is that one statement's.
 */
const preparedForm = /^\s*\/\* prepared as (\w+) \*\//;

/** Nothing for a statement that is planned each time, as pg takes it. */
const nameOfStatement = ({ sql }: { readonly sql: string }): string => preparedForm.exec(sql)?.[1] ?? '';

/** True when a transaction waited too long for a connection, or for others that write the same. */
export const hasWaitedTooLong = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2028';
