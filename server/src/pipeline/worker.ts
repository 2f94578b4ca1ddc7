import type { MessagePort } from 'node:worker_threads';
import { FeedRefusal } from '../product-data/feed-refusal.ts';
import type { FeedRefusalCode } from '../product-data/codes.ts';
import type { ImportProgress } from './progress.ts';
import { runImport, type ImportOutcome, type ImportTask } from './run.ts';
import { FencedError } from './write/batch.ts';

/** What the thread is given: the task, and a port for progress in one direction and `cancel` in the other. */
export interface WorkerTask {
  readonly task: ImportTask;
  readonly port: MessagePort;
}

export type WorkerOutcome =
  | ImportOutcome
  | { readonly kind: 'refused'; readonly code: FeedRefusalCode; readonly message: string }
  /** Another attempt has the job: there is nothing left to do for this one. */
  | { readonly kind: 'fenced' };

export type ToWorker = 'cancel';
/** `alive` is a sign of life of a thread that has nothing new to tell. */
export type FromWorker = ImportProgress | 'alive';

const aliveMs = 2_000;

/** Entry of the Piscina pool. Only plain data crosses back, since structured clone drops the class of an error. */
export default async function work({ task, port }: WorkerTask): Promise<WorkerOutcome> {
  const cancel = new AbortController();
  port.on('message', (message: ToWorker) => {
    if (message === 'cancel') cancel.abort(new Error('cancelled'));
  });
  const send = (message: FromWorker) => port.postMessage(message);
  const alive = setInterval(() => send('alive'), aliveMs);
  try {
    return await runImport(task, send, cancel.signal);
  } catch (error) {
    if (cancel.signal.aborted) return { kind: 'cancelled' };
    if (error instanceof FencedError) return { kind: 'fenced' };
    if (error instanceof FeedRefusal) return { kind: 'refused', code: error.code, message: error.message };
    throw error;
  } finally {
    clearInterval(alive);
    port.close();
  }
}
