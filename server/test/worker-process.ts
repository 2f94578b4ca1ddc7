import { Session } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ImportPool } from '../src/modules/import-job/import-pool.ts';
import { startImportWorker } from '../src/modules/import-job/import-worker.ts';
import { defaultSourceLimits } from '../src/pipeline/source/limits.ts';
import { createDb } from '../src/platform/database.ts';
import { openTurnQueue } from '../src/platform/queue.ts';
import { RecentUse } from '../src/shared/recent-use.ts';

/**
 * A worker node and nothing else, in a process of its own: to be killed, stopped and continued. It tells its parent
 * what it announces and what goes wrong, and ends in order by SIGTERM.
 */
export interface WorkerSettings {
  readonly databaseUrl: string;
  readonly spoolFolder: string;
  /** Imports at a time. */
  readonly concurrency: number;
  /** Connections of one import. */
  readonly connections: number;
  readonly hangMs: number;
}

/** In MB: of the process, and of what is alive in its main thread. */
export interface Memory {
  readonly rss: number;
  readonly heap: number;
}

export type FromProcess =
  | { readonly kind: 'ready' }
  | { readonly kind: 'job'; readonly id: string; readonly attempt: number; readonly status: string }
  /** A turn that failed, trouble of the queue, or a thread that failed with no import. */
  | { readonly kind: 'fault'; readonly of: 'import' | 'queue' | 'thread'; readonly message: string }
  | { readonly kind: 'memory'; readonly memory: Memory };

/** The first three are done to every thread of the process; `memory` asks for its size. */
export type ToProcess = 'spin' | 'hoard' | 'thrash' | 'memory';

const misdeeds = {
  spin: 'for (;;);',
  hoard: 'const hoard = []; for (;;) hoard.push(new Array(100_000).fill(0.5));',
  // Of many small things, which take the collector of garbage longer and longer.
  thrash: 'const hoard = []; for (;;) hoard.push(new Array(10_000).fill({}).map(() => ({ a: 1 })));',
};

/** Runs code in every thread of this process, as a debugger would: the product has no part in it. */
function evaluateInThreads(expression: string): void {
  const session = new Session();
  session.connect();
  session.on('NodeWorker.attachedToWorker', ({ params: { sessionId } }) => {
    const message = JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } });
    session.post('NodeWorker.sendMessageToWorker', { sessionId, message });
  });
  session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  // Else threads to come would do it too.
  session.post('NodeWorker.disable');
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function measure(): Memory {
  collectGarbage();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss: Math.round(rss / 1e6), heap: Math.round(heapUsed / 1e6) };
}

// Whoever started it is gone, and may be so before it has started.
process.once('disconnect', () => process.exit());
if (!process.connected) process.exit();

const settings = JSON.parse(process.argv[2] ?? '') as WorkerSettings;
const tell = (message: FromProcess) => void (process.connected && process.send?.(message));
const tellFault = (of: 'import' | 'queue' | 'thread') => (error: unknown) =>
  tell({
    kind: 'fault',
    of,
    message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  });

const { databaseUrl, concurrency, ...rest } = settings;
const { db, close } = createDb(databaseUrl);
const queue = await openTurnQueue(databaseUrl, tellFault('queue'));
const worker = await startImportWorker(
  {
    db,
    pool: new ImportPool(concurrency, tellFault('thread')),
    use: new RecentUse(),
    settings: {
      databaseUrl,
      databaseIsEmbedded: true,
      connectionsInUse: 1,
      ...rest,
      limits: defaultSourceLimits,
      allowedAddresses: '127.0.0.1:*',
    },
    announce: ({ id, attempt, status }) => tell({ kind: 'job', id, attempt, status }),
    announceAgain: ({ id, attempt, status }) => tell({ kind: 'job', id, attempt, status }),
  },
  queue,
  concurrency,
  tellFault('import'),
);

async function end(): Promise<void> {
  await worker.stop();
  await close();
  process.disconnect();
}

process.once('SIGTERM', () => void end());
process.on('message', (message: ToProcess) => {
  if (message !== 'memory') evaluateInThreads(misdeeds[message]);
  else tell({ kind: 'memory', memory: measure() });
});
tell({ kind: 'ready' });
