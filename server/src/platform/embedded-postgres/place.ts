import { createHash, randomBytes } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { access, chmod, mkdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sharedFolder } from './binaries.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { readRecord, type ServerRecord } from './record.ts';
import { canEnter, serverUser, type SystemUser } from './system-user.ts';

/** Everything that is settled before a server is looked for or started. */
export interface Place {
  readonly dataFolder: string;
  /** The cluster's folder, absolute. It may not exist yet. */
  readonly cluster: string;
  /** Who has to run the programs; null = we. */
  readonly user: SystemUser | null;
  readonly record: ServerRecord;
}

/** The data folder without symbolic links, made when there is none, and proved to be ours to write in. */
export async function prepareDataFolder(dataDir: string): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.W_OK | constants.X_OK);
    return await realpath(dataDir);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `The data folder ${dataDir} cannot be used: ${reason}`;
    throw new EmbeddedPostgresError('FOLDER_UNUSABLE', message, { cause });
  }
}

/** Out of the data folder when the server's user cannot enter it: then a folder named for it. */
async function chooseCluster(dataFolder: string): Promise<string> {
  const user = await serverUser(join(dataFolder, 'postgres'));
  if (!user || (await canEnter(dataFolder, user))) return 'postgres';
  await mkdir(sharedFolder, { recursive: true });
  await chmod(sharedFolder, 0o755);
  return join(sharedFolder, createHash('sha256').update(dataFolder).digest('hex').slice(0, 16));
}

/** Whether the record came with a copy of the data folder, whose original still uses the cluster outside. */
async function isCopied(dataFolder: string, record: ServerRecord): Promise<boolean> {
  if (record.dataFolder === dataFolder || resolve(dataFolder, record.cluster) !== record.cluster)
    return false;
  const original = await readRecord(record.dataFolder).catch(() => null);
  return original?.cluster === record.cluster;
}

/** The cluster of the data folder, where it lies outside of it: a backup of the folder is without the database. */
export async function clusterElsewhere(dataDir: string): Promise<string | null> {
  const found = await readRecord(dataDir);
  return found && resolve(dataDir, found.cluster) === found.cluster ? found.cluster : null;
}

/** Where the data folder's server lives and who runs it, from its record or decided now. */
export async function findPlace(dataFolder: string): Promise<Place> {
  const found = await readRecord(dataFolder);
  const known = found && !(await isCopied(dataFolder, found)) ? found : null;
  const cluster = known?.cluster ?? (await chooseCluster(dataFolder));
  const folder = resolve(dataFolder, cluster);
  if (!known && existsSync(folder)) {
    throw new EmbeddedPostgresError(
      'RECORD_LOST',
      `${folder} holds a database, but ${join(dataFolder, 'postgres.json')}, which has its password, is gone. ` +
        'Restore that file, or remove the folder to begin with an empty database.',
    );
  }
  const record = known ?? {
    cluster,
    dataFolder,
    made: false,
    password: randomBytes(24).toString('base64url'),
    server: null,
  };
  return { dataFolder, cluster: folder, user: await serverUser(folder), record: { ...record, dataFolder } };
}
