import { connect } from 'node:net';
import pg from 'pg';
import { superuser } from './cluster.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import type { Place } from './place.ts';
import { host } from './server-process.ts';

/** The database of the embedded server that is ours. */
const database = 'marketplace';

/** The address of a database on the place's server. */
export const urlOf = ({ record }: Place, port: number, name = database): string =>
  `postgresql://${superuser}:${record.password}@${host}:${port}/${name}`;

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);

/** Whether somebody listens there, be it a server that is too busy to answer. */
export const listens = (port: number) =>
  new Promise<boolean>((settle, fail) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const end = (listening: boolean) => {
      settle(listening);
      socket.destroy();
    };
    socket.once('connect', () => end(true)).once('timeout', () => end(true));
    socket.once('error', (error) => (codeOf(error) === 'ECONNREFUSED' ? end(false) : fail(error)));
  });

/** Whether the server takes connections now. Throws when waiting will not change the answer. */
export async function answers(place: Place, port: number): Promise<boolean> {
  const connectionString = urlOf(place, port, 'postgres');
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined); // the server went away; the next question says so
  try {
    await client.connect();
    return true;
  } catch (error) {
    // SQLSTATE 53300: too many connections. It is up, and busy.
    if (codeOf(error) === '53300') return true;
    // 28P01: invalid password.
    if (codeOf(error) !== '28P01') return false;
    throw new EmbeddedPostgresError(
      'RECORD_LOST',
      `The database in ${place.cluster} does not take the password in ${place.dataFolder}. Restore postgres.json there.`,
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined); // was never connected
  }
}

/** Makes our database on a server that has just been started, unless an earlier start did. */
export async function ensureDatabase(place: Place, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(place, port, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
  } finally {
    await client.end();
  }
}
