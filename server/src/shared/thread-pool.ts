import { setFlagsFromString } from 'node:v8';
import { Piscina } from 'piscina';

/**
 * Calls after which V8 compiles how WebAssembly calls a function: in effect never. Threads share that code, and V8 13.6
 * frees it while others use it: with Prisma in one thread, and imports in others that came and went one after another,
 * a process died within some hundred of them, by "Check failed: jit_page.has_value()" or with a broken heap.
 */
const compileAfterCalls = 1_000_000_000;
export const wrapperBudgetFlag = '--wasm-wrapper-tiering-budget';
setFlagsFromString(`${wrapperBudgetFlag}=${compileAfterCalls}`);

/** How long a thread waits for its next task. */
const idleMs = 10_000;

interface Options {
  /** Address of the module whose default export does a task. */
  readonly filename: string;
  readonly threads: number;
  readonly resourceLimits: NonNullable<ConstructorParameters<typeof Piscina>[0]>['resourceLimits'];
  /** How far the threads let everybody else go first, as nice(2) counts it. */
  readonly niceIncrement?: number;
  /** Hears of threads that fail when they have no task, or none any more. */
  readonly onFault: (error: Error) => void;
}

/** Threads of this process, started when there is something to do. */
export function openThreadPool(options: Options): Piscina {
  const { filename, threads, resourceLimits, niceIncrement = 0, onFault } = options;
  const pool = new Piscina({
    ...{ filename, resourceLimits },
    ...{ minThreads: 0, maxThreads: threads, idleTimeout: idleMs },
    // Only Linux gives each thread a priority of its own; elsewhere it could be that of the whole process.
    niceIncrement: process.platform === 'linux' ? niceIncrement : 0,
  });
  // Without a listener such a thread would take the process with it. The next task gets another one.
  pool.on('error', onFault);
  return pool;
}
