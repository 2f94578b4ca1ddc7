import type { Config } from '../config.ts';
import { exitStatus } from './exit-status.ts';
import { openStorage, type OpenStorage } from './import-node.ts';
import { onInterruption } from './interruption.ts';

/** What `use` gives, with the database open. Ctrl-C ends the program, and the embedded PostgreSQL with it. */
export async function withStorage<T>(config: Config, use: (storage: OpenStorage) => Promise<T>): Promise<T> {
  let storage: OpenStorage | null = null;
  let left = false;
  const exit = () => process.exit(exitStatus.interrupted);
  const leave = () => {
    left = true;
    void storage?.abandon().finally(exit);
  };
  const release = onInterruption({ first: leave, again: exit });
  try {
    storage = await openStorage(config);
    // A server that is being started cannot be left alone half-way.
    if (left) await storage.abandon().finally(exit);
    return await use(storage);
  } finally {
    await storage?.close();
    release();
  }
}
