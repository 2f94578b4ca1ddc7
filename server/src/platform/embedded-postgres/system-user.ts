import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

const name = 'postgres';
/** As each family of systems spells it; the first that works makes the user. */
const creators: readonly (readonly [program: string, ...args: string[]])[] = [
  ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/bin/false', name],
  ['adduser', '-S', '-D', '-H', '-s', '/bin/false', name],
];

async function lookUp(user: string): Promise<SystemUser | null> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((what) => run('id', [what, user])));
    return uid && gid ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
  } catch {
    return null; // no such user
  }
}

async function findOrCreate(): Promise<SystemUser | null> {
  const found = await lookUp(name);
  if (found) return found;
  for (const [program, ...args] of creators) {
    await run(program, args).catch(() => null); // not on this system, or another process was first
    const created = await lookUp(name);
    if (created) return created;
  }
  return lookUp('nobody');
}

/**
 * The user as which the server has to run, or null for the one who runs this process. PostgreSQL refuses to
 * run as root: then it is whoever owns the cluster already, or a user of its own, made when there is none.
 */
export async function serverUser(clusterFolder: string): Promise<SystemUser | null> {
  if (process.getuid?.() !== 0) return null;
  const cluster = await stat(clusterFolder).catch(() => null);
  if (cluster && cluster.uid !== 0) return { uid: cluster.uid, gid: cluster.gid };
  return findOrCreate();
}

/** Whether the user may pass through the folder and all that it lies in. Knows of modes only, not of lists. */
export async function canEnter(folder: string, user: SystemUser): Promise<boolean> {
  const { mode, uid, gid } = await stat(folder);
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  const parent = dirname(folder);
  return parent === folder || canEnter(parent, user);
}
