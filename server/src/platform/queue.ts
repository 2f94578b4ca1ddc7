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

/** A store's turn, with whoever has it. */
export interface Turn {
  readonly storeId: string;
  /** Aborted when the turn was given to another worker, because this one showed no sign of life. */
  readonly lost: AbortSignal;
  /** True of a turn that somebody had before and did not end in order. */
  readonly again: boolean;
  /** Throws when another worker has it: who has stood still would hear of that at its next sign of life only. */
  confirm(db: Db): Promise<void>;
}

export type TakeTurn = (turn: Turn) => Promise<void>;

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

interface TurnData {
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
      const turn: TurnData = { storeId };
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
      await boss.work<TurnData>(queueName, options, async ([job]: Job<TurnData>[]) => {
        if (!job) return;
        const { data, signal, retryCount } = job;
        const confirm = (db: Db) => confirmTurn(db, job);
        await takeTurn({ storeId: data.storeId, lost: signal, again: retryCount > 0, confirm });
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

/** Each time that a turn is given to somebody it counts as tried once more. */
async function confirmTurn(db: Db, { id, retryCount }: Pick<Job, 'id' | 'retryCount'>): Promise<void> {
  const held = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM pgboss.job
    WHERE name = ${queueName} AND id = ${id}::uuid AND state = 'active' AND retry_count = ${retryCount}`;
  if (held.length === 0) throw new Error('Another worker has the turn.');
}
