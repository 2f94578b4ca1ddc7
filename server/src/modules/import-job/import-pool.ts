import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import type { ImportTask } from '../../pipeline/run.ts';
import type { FromWorker, ToWorker, WorkerOutcome, WorkerTask } from '../../pipeline/worker.ts';
import { importNiceIncrement } from '../../shared/priority.ts';
import { openThreadPool } from '../../shared/thread-pool.ts';

/** Heap of one import: rows stream, so that a thread which needs more is a fault, and must not take the node with it. */
export const maxHeapMb = 192;
/** Rows live for a batch: a larger nursery only makes the process larger. */
const youngHeapMb = 16;

export interface RunningImport {
  /** Rejects when the thread dies, is ended, or meets a fault. */
  readonly outcome: Promise<WorkerOutcome>;
  /** Asks the import to stop after the batch that is being written. */
  cancel(): void;
  /** Ends the thread at once. */
  kill(reason: string): void;
}

/** The threads that imports run in. */
export class ImportPool {
  readonly #pool: Piscina;

  /** `onFault` hears of threads that fail when they have no import, or none any more. */
  constructor(threads: number, onFault: (error: Error) => void = () => undefined) {
    this.#pool = openThreadPool({
      filename: new URL('../../pipeline/worker.ts', import.meta.url).href,
      threads,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: youngHeapMb },
      niceIncrement: importNiceIncrement,
      onFault,
    });
  }

  /** `onMessage` has heard all that the import says when its outcome is there. */
  start(task: ImportTask, onMessage: (message: FromWorker) => void): RunningImport {
    const { port1, port2 } = new MessageChannel();
    const killer = new AbortController();
    port1.on('message', onMessage);
    const workerTask: WorkerTask = { task, port: port2 };
    const outcome = this.#pool
      .run(workerTask, { transferList: [port2], signal: killer.signal })
      .catch((error: unknown) => {
        throw killer.signal.aborted ? killer.signal.reason : error;
      })
      .finally(() => {
        // Said before the outcome, which came another way and may have been quicker.
        for (let said; (said = receiveMessageOnPort(port1)) !== undefined;)
          onMessage(said.message as FromWorker);
        port1.close();
      }) as Promise<WorkerOutcome>;
    return {
      outcome,
      cancel: () => port1.postMessage('cancel' satisfies ToWorker),
      kill: (reason) => killer.abort(new Error(reason)),
    };
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }
}
