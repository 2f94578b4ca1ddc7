// @module-tag pipeline
// @module-tag db
import { getPriority } from 'node:os';
import { expect, test } from 'vitest';
import { withDatabase } from '../../../test/database.ts';
import { WriteConnection } from './connection.ts';

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

test.each([true, false])(
  'others go before a session of an import, where the server is ours: %s',
  (databaseIsEmbedded) =>
    withDatabase(async ({ db, url }) => {
      const connection = new WriteConnection({ databaseUrl: url, databaseIsEmbedded });
      try {
        const mine = await (
          await connection.client()
        ).query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        const others = await db.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
        const [own, other] = [mine.rows, others].map(([row]) => getPriority(row?.pid));
        if (databaseIsEmbedded) expect(own).toBeGreaterThan(other ?? 0);
        else expect(own).toBe(other);
      } finally {
        await connection.close();
      }
    }),
);
