import { chmod, cp, mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { runProgram } from './run-program.ts';
import type { SystemUser } from './system-user.ts';

/** Where root's server finds what it cannot reach in the installation. Root alone writes there. */
export const sharedFolder = '/var/lib/marketplace-import';

export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
  /** As in the cluster's PG_VERSION: `18`. */
  readonly majorVersion: string;
}

interface Installation {
  /** Holds bin, lib and share. */
  readonly folder: string;
  readonly packageVersion: string;
  readonly programs: Omit<Binaries, 'majorVersion'>;
}

const platformPackage = z.object({ initdb: z.string(), pg_ctl: z.string(), postgres: z.string() });
const manifest = z.object({ version: z.string() });

async function findInstallation(): Promise<Installation> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const packaged = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
    const { initdb, pg_ctl, postgres } = platformPackage.parse(await import(pathToFileURL(packaged).href));
    const text = await readFile(join(dirname(packaged), '../package.json'), 'utf8');
    const { version } = manifest.parse(JSON.parse(text));
    return {
      folder: dirname(dirname(postgres)),
      packageVersion: version,
      programs: { initdb, pgCtl: pg_ctl, postgres },
    };
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'PLATFORM_UNSUPPORTED',
      `There is no embedded PostgreSQL for ${platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    );
  }
}

/** The major version when the user can run the server, else what stands in the way. */
async function tryOut(
  postgres: string,
  user: SystemUser | null,
): Promise<{ major: string } | { fault: string }> {
  const { status, output } = await runProgram(postgres, ['--version'], user);
  const major = /\(PostgreSQL\) (\d+)/.exec(output)?.[1];
  return status === 0 && major ? { major } : { fault: output };
}

/** A clone made under a strict umask is closed to others in every file, not only in the folders above it. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    const { mode } = await stat(path);
    await chmod(path, entry.isDirectory() || mode & 0o100 ? 0o755 : 0o644);
  }
}

async function copyWithinReach({ folder, packageVersion, programs }: Installation): Promise<Installation> {
  const target = join(sharedFolder, `binaries-${packageVersion}`);
  const bin = join(target, 'bin');
  const [initdb, pgCtl, postgres] = [programs.initdb, programs.pgCtl, programs.postgres].map((program) =>
    join(bin, basename(program)),
  ) as [string, string, string];
  const copied: Installation = { folder: target, packageVersion, programs: { initdb, pgCtl, postgres } };
  if (await stat(target).catch(() => null)) return copied;
  const unfinished = `${target}.${process.pid}`;
  await mkdir(sharedFolder, { recursive: true });
  await chmod(sharedFolder, 0o755);
  await cp(folder, unfinished, { recursive: true, verbatimSymlinks: true });
  await openToAll(unfinished);
  // Another process may have been quicker; its copy is as good.
  await rename(unfinished, target).catch(() => rm(unfinished, { recursive: true, force: true }));
  return copied;
}

/**
 * The programs of the installed npm package, proved to run as that user: when they lie where only root may
 * go, a copy of them that the user can reach.
 */
export async function findBinaries(user: SystemUser | null): Promise<Binaries> {
  const installed = await findInstallation();
  const inPlace = await tryOut(installed.programs.postgres, user);
  if ('major' in inPlace) return { ...installed.programs, majorVersion: inPlace.major };
  if (user) {
    const copied = await copyWithinReach(installed);
    const elsewhere = await tryOut(copied.programs.postgres, user);
    if ('major' in elsewhere) return { ...copied.programs, majorVersion: elsewhere.major };
  }
  throw new EmbeddedPostgresError(
    'BINARIES_UNUSABLE',
    `The embedded PostgreSQL cannot be run here: ${inPlace.fault.trim()}. Set DATABASE_URL to a PostgreSQL server.`,
  );
}
