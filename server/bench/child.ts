import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** The next message of a process of the bench. Throws when it ends instead. */
export async function answer<T>(child: ChildProcess): Promise<T> {
  const over = new AbortController();
  const { signal } = over;
  const message = once(child, 'message', { signal }).then(([first]) => first as T);
  const ended = once(child, 'exit', { signal }).then(([status]) => {
    throw new Error(`A process of the bench has ended with status ${String(status)} in place of an answer.`);
  });
  try {
    return await Promise.race([message, ended]);
  } finally {
    over.abort();
    // Whichever is still waited for.
    await Promise.allSettled([message, ended]);
  }
}

/** Where it listens: the first thing that it says is its port. */
export async function originOf(child: ChildProcess): Promise<string> {
  const { port } = await answer<{ port: number }>(child);
  return `http://127.0.0.1:${port}`;
}

/** Asks it to end and waits until it has. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || !child.connected) return;
  child.send('end');
  await once(child, 'exit');
}
