import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { SpooledFeed } from './types.ts';

/** Where a job's feed lies while the job runs, and what is known of it. Survives the process. */
export interface SpoolEntry {
  readonly feedPath: string;
  readonly notePath: string;
}

/** The place of a job in the spool folder. The id is ours, never from outside. */
export function spoolEntry(folder: string, jobId: string): SpoolEntry {
  return { feedPath: join(folder, `${jobId}.feed`), notePath: join(folder, `${jobId}.json`) };
}

/**
 * The feed that an earlier attempt, or the command line, has left here whole; null when there is none. Its bytes are
 * looked at: after a power cut a file may have its size and not what was written to it. Throws the signal's reason when
 * that is aborted: of gigabytes on a slow disk it takes a while.
 */
export async function findSpooled(
  { feedPath, notePath }: SpoolEntry,
  signal?: AbortSignal,
): Promise<SpooledFeed | null> {
  try {
    const note = JSON.parse(await readFile(notePath, 'utf8')) as Omit<SpooledFeed, 'path'>;
    const { size } = await stat(feedPath);
    const isWhole = size === note.bytes && (await sha256Of(feedPath, signal)) === note.sha256;
    return isWhole ? { ...note, path: feedPath } : null;
  } catch {
    signal?.throwIfAborted();
    // Not there, or half written: it is fetched anew.
    return null;
  }
}

async function sha256Of(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, signal ? { signal } : {});
  return hash.digest('hex');
}

/** Notes that the feed is whole. Written last, so that a note never stands beside half a feed. */
export async function noteSpooled({ notePath }: SpoolEntry, feed: SpooledFeed): Promise<void> {
  const { bytes, sha256, etag, charset } = feed;
  await writeFile(notePath, JSON.stringify({ bytes, sha256, etag, charset }), { mode: 0o600 });
}

/** Removes a job's feed once nobody needs it any more, and what killed downloads have left of it. */
export async function removeSpooled({ feedPath, notePath }: SpoolEntry): Promise<void> {
  await rm(notePath, { force: true });
  const folder = dirname(feedPath);
  const parts = (await namesIn(folder)).filter((name) => name.startsWith(basename(feedPath)));
  await Promise.all(parts.map((name) => rm(join(folder, name), { force: true })));
}

/** Ids of the jobs of which something in the folder has lain there untouched for so long. */
export async function listSpooled(folder: string, ageMs: number): Promise<string[]> {
  const ids = new Set<string>();
  for (const name of await namesIn(folder)) {
    const [id] = /^[0-9a-f-]{36}(?=\.(feed|json))/.exec(name) ?? [];
    const found = id && (await stat(join(folder, name)).catch(() => null));
    if (id && found && Date.now() - found.mtimeMs >= ageMs) ids.add(id);
  }
  return [...ids];
}

const namesIn = (folder: string) =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
