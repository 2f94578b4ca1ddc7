import { fromPrisma, PgBoss, systemClock, type Clock, type Job } from 'pg-boss';
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
  /** Takes turns, `concurrency` at a time, until the queue is stopped. A turn that throws is queued again, for soon. */
  work(concurrency: number, takeTurn: TakeTurn): Promise<void>;
  /** Stores that wait for a turn or have one. */
  queuedStoreIds(db: Db): Promise<Set<string>>;
  /**
   * Makes due now what was noted for much later. Nothing ever is, but by a database whose clock was put back since:
   * until it gets there again, turns would wait, and workers that are gone would not be noticed.
   */
  hasten(db: Db): Promise<void>;
  /** Takes no new turns, and resolves when the ones under way are over. */
  stop(): Promise<void>;
}

/**
 * The signal is aborted when the turn was given to another worker, because this one showed no sign of life. `again` is
 * true of a turn that somebody had before and did not end in order.
 */
export type TakeTurn = (storeId: string, signal: AbortSignal, again: boolean) => Promise<void>;

const queueName = 'import-turns';
const schema = 'pgboss';

/** A worker that dies is noticed after this; pg-boss allows no less. */
const heartbeatSeconds = 10;
const longestTurnSeconds = 24 * 3600;
/** A turn that fails keeps its place in the queue, and would be taken again before anybody else had one. */
const retrySeconds = 1;
/** No statement takes so long. What lies between may forget a connection without a word, and all would wait for it. */
const longestSilenceMs = 60_000;

/** One that is never put back: with the system's all loops would wait until it gets there again. */
const clock: Clock = { ...systemClock, now: () => performance.timeOrigin + performance.now() };

interface Turn {
  readonly storeId: string;
}

/**
 * Opens the queue, which makes its tables on first use. `onError` hears of trouble in the background. After `silenceMs`
 * without an answer a connection counts as lost.
 */
export async function openTurnQueue(
  databaseUrl: string,
  onError: (error: Error) => void,
  silenceMs = longestSilenceMs,
): Promise<TurnQueue> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema,
    application_name: 'queue',
    max: 4,
    // Its types do not name what it passes on to pg.
    ...{ query_timeout: silenceMs },
    clock,
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
      const options = { singletonKey: storeId, retryDelay: retrySeconds };
      await boss.send(queueName, turn, { ...options, db: fromPrisma(db) });
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
        if (job) await takeTurn(job.data.storeId, job.signal, job.retryCount > 0);
      });
    },
    async queuedStoreIds(db) {
      const rows = await db.$queryRaw<{ key: string }[]>`
        SELECT singleton_key AS key FROM pgboss.job
        WHERE name = ${queueName} AND state < 'completed'`;
      return new Set(rows.map(({ key }) => key));
    },
    async hasten(db) {
      await db.$executeRaw`
        UPDATE pgboss.job
        SET start_after = LEAST(start_after, now()), created_on = LEAST(created_on, now()),
          heartbeat_on = LEAST(heartbeat_on, now())
        WHERE name = ${queueName} AND state < 'completed'
          AND GREATEST(start_after, created_on, heartbeat_on) > now() + make_interval(secs => ${heartbeatSeconds})`;
      await db.$executeRaw`
        UPDATE pgboss.queue SET monitor_on = LEAST(monitor_on, now()), monitor_claim_on = LEAST(monitor_claim_on, now())
        WHERE name = ${queueName}
          AND GREATEST(monitor_on, monitor_claim_on) > now() + make_interval(secs => ${heartbeatSeconds})`;
    },
    stop: () => boss.stop({ graceful: true, timeout: 120_000 }),
  };
}
