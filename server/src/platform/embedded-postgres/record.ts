import { chmod, open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { giveToOwnerOf } from '../../shared/give-to-owner.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

const record = z.object({
  /** Where the cluster is: absolute, or relative to the data folder. */
  cluster: z.string(),
  /** The data folder, as it was called when this was written: another one now means moved, or copied. */
  dataFolder: z.string(),
  /** False until the cluster was made. Records of earlier versions do not say: nearly all of them had one. */
  made: z.boolean().default(true),
  password: z.string(),
  /** The server that was started last; it may have ended since. */
  server: z
    .object({ ownerPid: z.int(), pid: z.int(), host: z.string(), port: z.int(), startedAt: z.iso.datetime() })
    .nullable(),
});

/** What the data folder remembers of its PostgreSQL between two runs. Holds the password: mode 600. */
export type ServerRecord = z.infer<typeof record>;

const fileOf = (dataFolder: string) => join(dataFolder, 'postgres.json');

/** What the data folder remembers, or null when it has had no server yet. */
export async function readRecord(dataFolder: string): Promise<ServerRecord | null> {
  const file = fileOf(dataFolder);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new EmbeddedPostgresError('FOLDER_UNUSABLE', `${file} cannot be read. Another user made it.`, {
      cause: error,
    });
  });
  if (text === null) return null;
  try {
    return record.parse(JSON.parse(text));
  } catch (cause) {
    throw new EmbeddedPostgresError('RECORD_LOST', `${file} is damaged. Restore it from a backup.`, {
      cause,
    });
  }
}

/** Written beside and renamed: a reader never finds half of it, nor does a full disk or a power cut destroy it. */
export async function writeRecord(dataFolder: string, content: ServerRecord): Promise<void> {
  const unfinished = `${fileOf(dataFolder)}.new`;
  await writeFile(unfinished, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true });
  await chmod(unfinished, 0o600);
  await giveToOwnerOf(dataFolder, unfinished);
  await rename(unfinished, fileOf(dataFolder));
  // Windows opens no folder.
  if (process.platform === 'win32') return;
  await using folder = await open(dataFolder);
  await folder.sync();
}
