import { constants, setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';

/**
 * Lets everybody else go first: where cores are few, whoever waits for an answer goes before the import, which takes
 * what is left. Only Linux gives each thread a priority of its own; elsewhere it would be that of the whole process.
 */
export function stepBack(): void {
  if (isMainThread || process.platform !== 'linux') return;
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A sandbox may forbid it. The import is no worse for that.
  }
}
