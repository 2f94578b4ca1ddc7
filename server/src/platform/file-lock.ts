import { accessSync, constants } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';

/**
 * Locks between processes of one machine. The kernel keeps them, so they end with their process, even one
 * that was killed, and there is no stale lock to recognise. Node offers no such lock itself; SQLite has
 * carried one to every platform, and locks an empty file as well as a database.
 */
export interface FileLock {
  release(): void;
}

export type LockMode = 'exclusive' | 'shared';

const begin: Record<LockMode, string> = {
  exclusive: 'BEGIN EXCLUSIVE',
  shared: 'BEGIN; SELECT count(*) FROM sqlite_schema',
};
const retryMs = 25;
const sqliteBusy = 5;

const isBusy = (error: unknown) =>
  error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;

/**
 * The lock, or null while another process (or another holder in this one) has it in a way that excludes
 * this mode. Makes the file when there is none; throws when the file cannot be written.
 */
export function tryFileLock(path: string, mode: LockMode): FileLock | null {
  let file: DatabaseSync | undefined;
  try {
    file = new DatabaseSync(path, { timeout: 0 });
    // SQLite would open another user's file for reading, and then lock nothing.
    accessSync(path, constants.W_OK);
    file.exec(begin[mode]);
  } catch (error) {
    file?.close();
    if (isBusy(error)) return null;
    throw new Error(`The lock file ${path} cannot be used.`, { cause: error });
  }
  const held = file;
  return { release: () => held.close() };
}

/** What `action` gives, run while no other process runs an action under the same file. Waits for its turn. */
export async function withFileLock<T>(path: string, action: () => T | Promise<T>): Promise<T> {
  let lock = tryFileLock(path, 'exclusive');
  while (!lock) {
    await wait(retryMs);
    lock = tryFileLock(path, 'exclusive');
  }
  try {
    return await action();
  } finally {
    lock.release();
  }
}
