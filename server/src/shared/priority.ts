import { constants, getPriority, setPriority } from 'node:os';

/**
 * How far an import lets everybody else go first, as nice(2) counts it: where cores are few, whoever waits for an
 * answer goes before it, and it takes what is left.
 */
export const importNiceIncrement = 10;

/** Lowers the priority of a process of this machine. It stays as it is where the system does not allow that. */
export function letOthersGoFirst(pid: number): void {
  try {
    setPriority(pid, Math.min(getPriority(pid) + importNiceIncrement, constants.priority.PRIORITY_LOW));
  } catch (error) {
    // It has ended, which whoever uses it will notice; or a sandbox forbids it, and no import fails for a courtesy.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_SYSTEM_ERROR')) throw error;
  }
}
