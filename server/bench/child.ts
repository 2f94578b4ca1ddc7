import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** The next message of a process of the bench. */
export async function answer<T>(child: ChildProcess): Promise<T> {
  const [message] = (await once(child, 'message')) as [T];
  return message;
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
