// @module-tag platform
// @module-tag db
import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { withDatabase, type TestDatabase } from '../../test/database.ts';
import { until } from '../../test/until.ts';
import { openForgetfulWay } from '../../test/forgetful-way.ts';
import { openTurnQueue, type Turn, type TurnQueue } from './queue.ts';

interface OneTurn {
  readonly queue: TurnQueue;
  /** Of the only turn: `created`, `active`, `retry`. */
  state(): Promise<string | undefined>;
}

/** A queue with one turn that nobody takes, until a worker is said to have it. */
async function withTurn({ db, url }: TestDatabase, use: (turn: OneTurn) => Promise<void>): Promise<void> {
  const queue = await openTurnQueue(url, () => undefined);
  await queue.enqueue(db, randomUUID());
  const state = async () => {
    const [row] = await db.$queryRaw<{ state: string }[]>`
      SELECT state::text FROM pgboss.job WHERE name = 'import-turns'`;
    return row?.state;
  };
  await use({ queue, state }).finally(() => queue.stop());
}

test('a node whose clock is put back still sees that a worker is gone', () =>
  withDatabase((database) =>
    withTurn(database, async ({ state }) => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3600_000 });
      try {
        await database.db.$executeRaw`
          UPDATE pgboss.job SET state = 'active', started_on = now(), heartbeat_on = now() - interval '1 minute'
          WHERE name = 'import-turns'`;
        await until(async () => (await state()) === 'retry', 'the turn of another');
      } finally {
        vi.useRealTimers();
      }
    }),
  ));

test('what was noted before the database’s clock was put back is not waited for', () =>
  withDatabase((database) =>
    withTurn(database, async ({ queue, state }) => {
      const { db } = database;
      await db.$executeRaw`
        UPDATE pgboss.job SET state = 'active', started_on = now(), heartbeat_on = now() + interval '1 hour'
        WHERE name = 'import-turns'`;
      await db.$executeRaw`
        UPDATE pgboss.queue SET monitor_on = now() + interval '1 hour', monitor_claim_on = now() + interval '1 hour'
        WHERE name = 'import-turns'`;
      await queue.hasten(db);
      const later = await db.$queryRaw<unknown[]>`
        SELECT FROM pgboss.job JOIN pgboss.queue USING (name)
        WHERE name = 'import-turns' AND GREATEST(heartbeat_on, monitor_on, monitor_claim_on) > clock_timestamp()`;
      expect([later, await state()]).toEqual([[], 'active']);
    }),
  ));

test('a store whose turn fails each time does not keep the others waiting', () =>
  withDatabase(async ({ db, url }) => {
    const queue = await openTurnQueue(url, () => undefined);
    const [broken, sound] = [randomUUID(), randomUUID()];
    const turns: string[] = [];
    const takeTurn = async ({ storeId }: Turn) => {
      turns.push(storeId);
      if (turns.length === 1) await queue.enqueue(db, sound);
      if (storeId === broken) throw new Error('no turn for this one');
    };
    await queue.enqueue(db, broken);
    await queue.work(1, takeTurn);
    await until(() => turns.includes(sound), 'the turn of the other').finally(() => queue.stop());
    expect(turns.slice(0, 2)).toEqual([broken, sound]);
  }));

test('a connection that was forgotten on the way is given up, and turns are taken', () =>
  withDatabase(async ({ db, url }) => {
    const way = await openForgetfulWay(url);
    const queue = await openTurnQueue(way.url, () => undefined, 300);
    const turns: string[] = [];
    await queue.work(1, async ({ storeId }) => void turns.push(storeId));
    const storeId = randomUUID();
    try {
      way.forget();
      await queue.enqueue(db, storeId);
      await until(() => turns.length > 0, 'the turn');
    } finally {
      way.lose();
      await queue.stop();
      way.close();
    }
    expect(turns).toEqual([storeId]);
  }));

test('who has stood still and lost the turn is told so when it asks', () =>
  withDatabase(async ({ db, url }) => {
    const queue = await openTurnQueue(url, () => undefined);
    await queue.enqueue(db, randomUUID());
    const answers = Promise.withResolvers<unknown[]>();
    await queue.work(1, async ({ confirm }) => {
      const mine = await confirm(db).then(() => 'mine');
      // As it is once another worker has taken it.
      await db.$executeRaw`UPDATE pgboss.job SET retry_count = retry_count + 1 WHERE name = 'import-turns'`;
      answers.resolve([mine, await confirm(db).catch((error: unknown) => String(error))]);
    });
    const asked = await answers.promise.finally(() => queue.stop());
    expect(asked).toEqual(['mine', 'Error: Another worker has the turn.']);
  }));
