import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import type { StepTimes } from '../shared/step-times.ts';
import type { Batch, BatchCounts, TimedStep } from './types.ts';
import { BatchWork, FencedError, type ReadRows, type WriteTarget } from './write/batch.ts';
import {
  isConflict,
  isLostConnection,
  type WriteConnection,
  type WriteDatabase,
} from './write/connection.ts';
import { IssueLimit } from './write/issue-limit.ts';
import { Lanes } from './write/lanes.ts';
import { findBatch, statementsFor } from './write/statements.ts';

export interface WriteOptions {
  readonly database: WriteDatabase;
  readonly connections: number;
  /** How many of them may be at work now; asked before each batch. */
  readonly connectionsNow: () => number;
  /** Whether the next batch may be read while others are being written; asked after each. */
  readonly readsAhead: () => boolean;
  /** Batches that an earlier attempt has committed, by number. */
  readonly done: ReadonlyMap<number, BatchCounts>;
  /** Stops after the batches that are being written. */
  readonly signal: AbortSignal;
  readonly times: StepTimes<TimedStep>;
  /** Called after each commit, also for a batch that was done before. */
  readonly onBatch: (batch: Batch, counts: BatchCounts) => void;
}

const maxReplays = 8;

/**
 * Stores all batches, several at a time, each in one transaction with its errors and its own record.
 * Batches may be committed in any order; the result does not depend on it. While batches are written the
 * next one is read, where that is wanted. Throws FencedError when the job was taken over, and whatever
 * reading the feed throws, after the batches before it are committed.
 */
export async function write(
  batches: AsyncIterable<Batch>,
  target: WriteTarget,
  read: ReadRows,
  options: WriteOptions,
): Promise<void> {
  const { times } = options;
  const statements = statementsFor(target.columns);
  const limit = new IssueLimit();
  const lanes = new Lanes(options.database, options.connections, options.connectionsNow);
  try {
    for await (const batch of times.watch('parse', batches)) {
      if (options.signal.aborted) break;
      const counts = options.done.get(batch.number);
      if (counts) {
        limit.skip(counts);
        options.onBatch(batch, counts);
        continue;
      }
      const work = new BatchWork(batch, target, { statements, read, turn: limit.takeTurn(), times });
      const writing = async (connection: WriteConnection) => {
        // Cancelled while it waited for its turn.
        if (options.signal.aborted) return;
        try {
          options.onBatch(batch, await commit(work, target, connection));
        } catch (error) {
          work.giveUp(error);
          throw error;
        }
      };
      await times.time('waiting', () => lanes.run(writing));
      if (!options.readsAhead()) await times.time('waiting', () => lanes.settle());
    }
    await lanes.settle();
  } catch (error) {
    // What broke off may be the feed: the rows before it are still being written.
    await lanes.settle();
    throw error;
  } finally {
    await lanes.close();
  }
}

/** Writes one batch, again and again while others are in its way or the connection is lost. */
async function commit(
  work: BatchWork,
  target: WriteTarget,
  connection: WriteConnection,
): Promise<BatchCounts> {
  let uncertain = false;
  for (let replay = 0; ; replay++) {
    const client = await connection.client();
    try {
      const recorded = uncertain ? await recordedCounts(client, target.jobId, work.batch.number) : null;
      return recorded ?? (await work.write(client));
    } catch (error) {
      await connection.rollback();
      uncertain ||= isLostConnection(error);
      const again = (isConflict(error) || isLostConnection(error)) && replay < maxReplays;
      if (!again || error instanceof FencedError) throw error;
      await wait(Math.random() * 20 * 2 ** replay);
    }
  }
}

/** The counts of a batch whose commit was under way when the connection was lost, if it came through. */
async function recordedCounts(client: Client, jobId: string, number: number): Promise<BatchCounts | null> {
  const { rows } = await client.query<BatchCounts>(findBatch, [jobId, number]);
  return rows[0] ?? null;
}
