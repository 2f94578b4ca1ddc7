import type { TurnQueue } from '../../platform/queue.ts';
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
  await queue.work(concurrency, async (storeId, lost) => {
    if (stopping.signal.aborted) return queue.enqueue(db, storeId);
    try {
      await cancelSwitchedOff(db);
      await runNextImport({ ...context, stopping: stopping.signal }, storeId, lost);
    } catch (error) {
      onFault(error);
      throw error;
    }
    // To the end of the queue: another store comes first, if one waits.
    const waiting = await db.marketplaceImportJob.count({ where: { storeId, status: 'PENDING' } });
    if (waiting > 0) await queue.enqueue(db, storeId);
  });
  const lookAround = () => Promise.all([cancelSwitchedOff(db), reconcile(db, queue)]);
  const timer = setInterval(() => void lookAround().catch(onFault), reconcileMs);
  await reconcile(db, queue);
  const sweep = () => sweepSpool(db, context.settings.spoolFolder).catch(onFault);
  const sweeper = setInterval(() => void sweep(), sweepMs);
  await sweep();
  return {
    async stop() {
      clearInterval(timer);
      clearInterval(sweeper);
      stopping.abort();
      await queue.stop();
      await context.pool.close();
    },
  };
}
