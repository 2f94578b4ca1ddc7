import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a running server notes in its cluster's `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  /** The cluster's folder as the server was told. */
  readonly folder: string;
  readonly port: number;
}

async function readNote(file: string): Promise<Postmaster | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  const [pid, folder, , port] = text?.split('\n') ?? [];
  return folder ? { pid: Number(pid), folder: resolve(folder), port: Number(port) } : null;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Not permitted means that there is one, of another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The command line of a process; null where the system does not tell. */
async function commandOf(pid: number): Promise<string | null> {
  if (process.platform === 'win32') return null;
  if (process.platform === 'linux') {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
  }
  return run('ps', ['-ww', '-p', String(pid), '-o', 'command=']).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

/** The number may have gone to another process since, perhaps to a PostgreSQL of another folder. */
async function isServer({ pid, folder }: Postmaster): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const command = await commandOf(pid);
  return command === null || (command.includes('postgres') && command.includes(folder));
}

/**
 * The server that runs on the cluster (it may still be starting or stopping), or null when there is none. A
 * note that a dead server left is removed when its number belongs to another process now, for which
 * PostgreSQL itself would hold it, or when a power cut has left nothing in it: it would refuse to start.
 */
export async function findPostmaster(cluster: string): Promise<Postmaster | null> {
  const file = join(cluster, 'postmaster.pid');
  const note = await readNote(file);
  if (!note) {
    await rm(file, { force: true });
    return null;
  }
  // A note that came with a copy of the folder speaks of the original's server. A folder that was moved
  // under its running server is told apart by the original being gone.
  const copied = note.folder !== cluster && existsSync(note.folder);
  if (!copied && (await isServer(note))) return note;
  if (copied || isAlive(note.pid)) await rm(file, { force: true });
  return null;
}
