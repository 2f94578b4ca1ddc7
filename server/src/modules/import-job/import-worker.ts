import type { TurnQueue } from '../../platform/queue.ts';
import { repeat } from '../../shared/repeat.ts';
import { reconcile } from './import-job.reconcile.ts';
import { runNextImport, type RunnerContext } from './import-job.runner.ts';
import { cancelSwitchedOff } from './import-job.service.ts';
import { sweepSpool } from './import-job.sweep.ts';

export interface ImportWorker {
  /** Resolves when running imports have finished their batch and were handed back. */
  stop(): Promise<void>;
}

const reconcileMs = 5_000;
const sweepMs = 3600_000;

/** Runs imports on this node, `concurrency` at a time, one a store, stores in turn. */
export async function startImportWorker(
  context: Omit<RunnerContext, 'stopping'>,
  queue: TurnQueue,
  concurrency: number,
  onFault: (error: unknown) => void,
): Promise<ImportWorker> {
  const stopping = new AbortController();
  const { db } = context;
  await queue.work(concurrency, async (turn) => {
    const { storeId } = turn;
    if (stopping.signal.aborted) return queue.enqueue(db, storeId);
    try {
      await cancelSwitchedOff(db);
      await runNextImport({ ...context, stopping: stopping.signal }, turn);
    } catch (error) {
      onFault(error);
      throw error;
    }
    // To the end of the queue: another store comes first, if one waits.
    const waiting = await db.marketplaceImportJob.count({ where: { storeId, status: 'PENDING' } });
    if (waiting > 0) await queue.enqueue(db, storeId);
  });
  const lookAround = () => Promise.all([cancelSwitchedOff(db), reconcile(db, queue)]);
  const looking = repeat(reconcileMs, lookAround, onFault);
  const sweeping = repeat(sweepMs, () => sweepSpool(db, context.settings.spoolFolder), onFault);
  return {
    async stop() {
      stopping.abort();
      await Promise.all([looking.stop(), sweeping.stop(), queue.stop()]);
      await context.pool.close();
    },
  };
}
