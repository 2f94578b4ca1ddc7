import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { openAnsweringSocket } from '../shared/answering-socket.ts';

export interface KeptSession {
  /** Ends the session for good. Twice is once. */
  close(): Promise<void>;
}

interface Options {
  readonly databaseUrl: string;
  /** As the server lists the session. */
  readonly name: string;
  /** Runs on every new session before it counts as open. */
  readonly prepare: (client: pg.Client) => Promise<void>;
  /** Hears why a session was lost or could not be opened anew: of an outage the first error only. */
  readonly onError: (error: Error) => void;
  /** How long a session that is opened anew is waited for; for the first one whoever sees that it does not come. */
  readonly reopeningMs?: number;
  /** After so long without an answer the session counts as lost; it is asked three times meanwhile. */
  readonly silenceMs?: number;
}

const firstDelayMs = 100;
const longestDelayMs = 2_000;
const usualReopeningMs = 5_000;
/** Who listens has nothing to say: what lies between may forget the connection, and nobody would notice. */
const usualSilenceMs = 30_000;

/**
 * One session with the database that is opened anew whenever it is lost: for what lives and dies with a session,
 * such as LISTEN and advisory locks. Rejects when the first one cannot be opened.
 */
export async function keepSession(options: Options): Promise<KeptSession> {
  const { silenceMs = usualSilenceMs } = options;
  const closing = new AbortController();
  let current: pg.Client;
  let reopening: Promise<void> = Promise.resolve();
  let said = false;
  const say = (error: Error): void => {
    if (!said) options.onError(error);
    said = true;
  };

  const open = async (patienceMs = 0): Promise<void> => {
    const client = new pg.Client({
      connectionString: options.databaseUrl,
      application_name: options.name,
      stream: () => openAnsweringSocket(silenceMs),
      // A server that vanished without a word is noticed by the system's keep-alive only.
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      // One that takes a connection and says nothing is not noticed at all.
      connectionTimeoutMillis: patienceMs,
    });
    let opened = false;
    client.on('error', say);
    client.on('end', () => {
      if (opened && !closing.signal.aborted) reopening = reopen();
    });
    try {
      await client.connect();
      await options.prepare(client);
    } catch (error) {
      await client.end().catch(() => undefined); // it may never have been connected
      throw error;
    }
    current = client;
    opened = true;
    said = false;
    const ask = () => void client.query('SELECT 1').catch(() => undefined); // lost: then it ends as well
    const beat = setInterval(ask, silenceMs / 3);
    client.once('end', () => clearInterval(beat));
  };

  const reopen = async (): Promise<void> => {
    for (
      let delayMs = firstDelayMs;
      !closing.signal.aborted;
      delayMs = Math.min(2 * delayMs, longestDelayMs)
    ) {
      try {
        return await open(options.reopeningMs ?? usualReopeningMs);
      } catch (error) {
        if (error instanceof Error) say(error);
      }
      await wait(delayMs, undefined, { signal: closing.signal }).catch(() => undefined); // closed meanwhile
    }
  };

  await open();
  return {
    async close() {
      closing.abort();
      await reopening;
      await current.end().catch(() => undefined); // lost already
    },
  };
}
