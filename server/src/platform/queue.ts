import { fromPrisma, PgBoss, type Job } from 'pg-boss';
import type { Db } from './database.ts';
import { oncePerOutage } from './outage.ts';

/**
 * Turns of stores, kept by pg-boss in the database. The queue holds at most one waiting turn a store, and one
 * store has one turn at a time; whoever has the turn does one piece of the store's work and queues again at the
 * end. So stores take turns fairly, however much work one of them has.
 */
export interface TurnQueue {
  /** Queues the store for a turn, within the transaction that makes the work; does nothing when it waits already. */
  enqueue(db: Db, storeId: string): Promise<void>;
  /** Takes turns, `concurrency` at a time, until the queue is stopped. A turn that throws is queued again. */
  work(concurrency: number, takeTurn: TakeTurn): Promise<void>;
  /** Stores that wait for a turn or have one. */
  queuedStoreIds(db: Db): Promise<Set<string>>;
  /** Takes no new turns, and resolves when the ones under way are over. */
  stop(): Promise<void>;
}

/** Aborted when the turn was given to another worker, because this one showed no sign of life. */
export type TakeTurn = (storeId: string, signal: AbortSignal) => Promise<void>;

const queueName = 'import-turns';
const schema = 'pgboss';

/** A worker that dies is noticed after this; pg-boss allows no less. */
const heartbeatSeconds = 10;
const longestTurnSeconds = 24 * 3600;

interface Turn {
  readonly storeId: string;
}

/** Opens the queue, which makes its tables on first use. `onError` hears of trouble in the background. */
export async function openTurnQueue(
  databaseUrl: string,
  onError: (error: Error) => void,
): Promise<TurnQueue> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema,
    application_name: 'queue',
    max: 4,
    schedule: false,
    useListenNotify: true,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    queueCacheIntervalSeconds: 2,
  });
  // All of its loops complain, several times a second.
  boss.on('error', oncePerOutage(onError));
  await boss.start();
  await boss.createQueue(queueName, {
    policy: 'stately',
    notify: true,
    heartbeatSeconds,
    expireInSeconds: longestTurnSeconds,
    // How often work is tried again is decided by those who know what it is.
    retryLimit: 1_000_000,
    deleteAfterSeconds: 3600,
  });
  return {
    async enqueue(db, storeId) {
      const turn: Turn = { storeId };
      await boss.send(queueName, turn, { singletonKey: storeId, db: fromPrisma(db) });
    },
    async work(concurrency, takeTurn) {
      const options = {
        localConcurrency: concurrency,
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: 1,
        // While others wait there is no pause between two turns, however short they are.
        burstWhenReadyExceeds: 1,
        heartbeatRefreshSeconds: 3,
      };
      await boss.work<Turn>(queueName, options, async ([job]: Job<Turn>[]) => {
        if (job) await takeTurn(job.data.storeId, job.signal);
      });
    },
    async queuedStoreIds(db) {
      const rows = await db.$queryRaw<{ key: string }[]>`
        SELECT singleton_key AS key FROM pgboss.job
        WHERE name = ${queueName} AND state < 'completed'`;
      return new Set(rows.map(({ key }) => key));
    },
    stop: () => boss.stop({ graceful: true, timeout: 120_000 }),
  };
}
