import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { runProgram } from './run-program.ts';
import type { SystemUser } from './system-user.ts';

/** The role that owns everything in the embedded server. */
export const superuser = 'postgres';

const initdbOptions = [
  `--username=${superuser}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  // Order by code point and upper and lower case by Unicode, on every system alike.
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];
/** Which characters are letters: pg_trgm asks the system, and "C" knows none with an accent. Best first. */
const characterTypes = ['C.UTF-8', 'en_US.UTF-8', 'C'];

/** The sentence for a failure that a person can do something about, else what the program said. */
export function clusterFailure(what: string, output: string): EmbeddedPostgresError {
  if (/no space left on device|disk quota exceeded/i.test(output)) {
    return new EmbeddedPostgresError('DISK_FULL', `${what}: the disk is full. Make room and start again.`);
  }
  if (/could not bind|could not create any TCP\/IP sockets/i.test(output)) {
    return new EmbeddedPostgresError(
      'PORT_UNAVAILABLE',
      `${what}: no port of 127.0.0.1 could be opened.\n${output.trim()}`,
    );
  }
  return new EmbeddedPostgresError('START_FAILED', `${what}.\n${output.trim()}`);
}

/** What creations that were cut off have left beside the cluster. */
async function removeUnfinished(cluster: string): Promise<void> {
  const names = await readdir(dirname(cluster));
  const unfinished = names.filter((name) => name.startsWith(`${basename(cluster)}.new-`));
  await Promise.all(
    unfinished.map((name) => rm(join(dirname(cluster), name), { recursive: true, force: true })),
  );
}

async function initialise(initdb: string, options: readonly string[], user: SystemUser | null) {
  for (const type of characterTypes) {
    const { status, output } = await runProgram(initdb, [...options, `--lc-ctype=${type}`], user);
    if (status === 0) return;
    // Said at once, before anything is written; only the last one is on every system.
    if (type === 'C' || !/invalid locale name/i.test(output)) {
      throw clusterFailure('The embedded PostgreSQL could not be set up', output);
    }
  }
}

/** Makes an empty cluster. It takes its name when it is complete: a folder of that name is never half a one. */
export async function createCluster(
  cluster: string,
  password: string,
  { initdb }: Binaries,
  user: SystemUser | null,
): Promise<void> {
  await removeUnfinished(cluster);
  const unfinished = `${cluster}.new-${randomBytes(4).toString('hex')}`;
  const passwordFile = `${unfinished}.password`;
  try {
    await mkdir(unfinished, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (user) await Promise.all([unfinished, passwordFile].map((path) => chown(path, user.uid, user.gid)));
    const options = [`--pgdata=${unfinished}`, `--pwfile=${passwordFile}`, ...initdbOptions];
    await initialise(initdb, options, user);
    await rename(unfinished, cluster);
  } finally {
    await removeUnfinished(cluster);
  }
}

/** Throws when the cluster is of another major version: minor ones read each other's files, major ones do not. */
export async function checkVersion(cluster: string, { majorVersion }: Binaries): Promise<void> {
  const written = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  if (written === majorVersion) return;
  throw new EmbeddedPostgresError(
    'VERSION_DIFFERS',
    `${cluster} was written by PostgreSQL ${written}, and this installation brings PostgreSQL ${majorVersion}. ` +
      `Dump it with version ${written} and restore it, or remove the folder and postgres.json, which has its password, to begin with an empty database.`,
  );
}

/** Whether the cluster has been made. */
export const hasCluster = (cluster: string): boolean => existsSync(join(cluster, 'PG_VERSION'));
