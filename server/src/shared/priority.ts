import { readFileSync, writeFileSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * How far an import lets everybody else go first, as nice(2) counts it: where cores are few, whoever waits for an
 * answer goes before it, and it takes what is left.
 */
export const importNiceIncrement = 10;

/** Of all users but an administrator, Linux takes one change of a session's priority in this time. */
const betweenSessionsMs = 100;
const sessionAttempts = 20;

/**
 * Lowers the priority of a process of this machine that has a session of its own, as each of PostgreSQL's has. It
 * stays as it is where the system does not allow that.
 */
export async function letOthersGoFirst(pid: number): Promise<void> {
  refusalOf(() => setPriority(pid, lowered(getPriority(pid))));
  if (process.platform !== 'linux') return;
  for (let attempt = 0; attempt < sessionAttempts; attempt++) {
    if (refusalOf(() => lowerSession(pid)) !== 'EAGAIN') return;
    await wait(betweenSessionsMs, undefined, { ref: false });
  }
}

/** Linux may divide the processors between sessions before it looks at priorities within them: sched(7), autogroups. */
function lowerSession(pid: number): void {
  const file = `/proc/${pid}/autogroup`;
  const nice = /nice (-?\d+)/.exec(readFileSync(file, 'utf8'))?.[1];
  if (nice !== undefined) writeFileSync(file, String(lowered(Number(nice))));
}

const lowered = (nice: number) => Math.min(nice + importNiceIncrement, constants.priority.PRIORITY_LOW);

/**
 * The code of the system's error, if it was one: the process has ended, which whoever uses it will notice; or a sandbox
 * forbids it, and no import fails for a courtesy.
 */
function refusalOf(call: () => void): string | null {
  try {
    call();
    return null;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) throw error;
    return error.code;
  }
}
