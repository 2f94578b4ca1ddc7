/** What a person, or the system, does to end a program: Ctrl-C, `kill`, closing the terminal. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * One Ctrl-C reaches the whole group of processes, and those between the terminal and us (npx, pnpm) may pass it on
 * once more: what comes right behind is the same one.
 */
export const sameKeyMs = 400;

interface Reactions {
  readonly first: () => void;
  /** Told at each later one, with its number from 2. */
  readonly again: (count: number) => void;
}

/** Leaves the ends of this process to the caller. Returns what gives them back. */
export function onInterruption({ first, again }: Reactions): () => void {
  let count = 0;
  let at = -Infinity;
  const hear = () => {
    const now = performance.now();
    if (now - at < sameKeyMs) return;
    at = now;
    if (++count === 1) first();
    else again(count);
  };
  for (const signal of signals) process.on(signal, hear);
  return () => signals.forEach((signal) => process.off(signal, hear));
}

/** Nobody may be there to read any more (a closed terminal, `| head`): that is no reason to die half-way. */
export function surviveClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
