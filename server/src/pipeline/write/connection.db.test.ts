// @module-tag pipeline
// @module-tag db
import { readFile } from 'node:fs/promises';
import { constants, getPriority } from 'node:os';
import { expect, test } from 'vitest';
import { withDatabase } from '../../../test/database.ts';
import { openForgetfulWay } from '../../../test/forgetful-way.ts';
import { importNiceIncrement } from '../../shared/priority.ts';
import { isLostConnection, WriteConnection } from './connection.ts';

/** Plans are dropped at the second use and not at the third: both find a connection that was lost unnoticed. */
test.each([1, 2])('a connection that is lost between two uses is opened anew, after use %i', (usesBefore) =>
  withDatabase(async ({ db, url }) => {
    const connection = new WriteConnection({ databaseUrl: url, databaseIsEmbedded: true });
    try {
      for (let use = 0; use < usesBefore; use++) await connection.client();
      const client = await connection.client();
      const pidOf = async () =>
        (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid;
      const lost = new Promise((settle) => client.once('end', settle));
      await db.$queryRaw`SELECT pg_terminate_backend(${await pidOf()}::int)`;
      await lost;
      const [row] = (await (await connection.client()).query<{ one: number }>('SELECT 1 AS one')).rows;
      expect(row).toEqual({ one: 1 });
    } finally {
      await connection.close();
    }
  }),
);

test('a connection that was forgotten on the way counts as lost, and the next one is another', () =>
  withDatabase(async ({ url }) => {
    const way = await openForgetfulWay(url);
    const connection = new WriteConnection({ databaseUrl: way.url, databaseIsEmbedded: false }, 300);
    try {
      const client = await connection.client();
      way.forget();
      const lost: unknown = await client.query('SELECT 1').catch((error: unknown) => error);
      expect(isLostConnection(lost)).toBe(true);
      const { rows } = await (await connection.client()).query<{ one: number }>('SELECT 1 AS one');
      expect(rows).toEqual([{ one: 1 }]);
    } finally {
      await connection.close();
      way.close();
    }
  }));

test.each([
  { databaseIsEmbedded: true, lowered: importNiceIncrement },
  { databaseIsEmbedded: false, lowered: 0 },
])(
  'a session of an import has a priority lower by $lowered, embedded: $databaseIsEmbedded',
  ({ databaseIsEmbedded, lowered }) =>
    withDatabase(async ({ db, url }) => {
      const connection = new WriteConnection({ databaseUrl: url, databaseIsEmbedded });
      try {
        const client = await connection.client();
        const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        const others = await db.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
        const [own = 0, other = 0] = [rows, others].map(([row]) => row?.pid);
        const low = (priority: number) => Math.min(priority + lowered, constants.priority.PRIORITY_LOW);
        expect(getPriority(own)).toBe(low(getPriority(other)));
        const ofSession = await sessionPriority(other);
        const expected = ofSession === null ? null : low(ofSession);
        // Of most users Linux takes one change at a time.
        await expect.poll(() => sessionPriority(own)).toBe(expected);
      } finally {
        await connection.close();
      }
    }),
);

/** What Linux gives the whole session of a process; null where it goes by processes alone. */
async function sessionPriority(pid: number): Promise<number | null> {
  const group = await readFile(`/proc/${pid}/autogroup`, 'utf8').catch(() => '');
  const priority = /nice (-?\d+)/.exec(group)?.[1];
  return priority === undefined ? null : Number(priority);
}
