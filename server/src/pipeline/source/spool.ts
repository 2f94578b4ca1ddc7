import { createHash, randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { collectYoung } from '../../shared/collect-young.ts';

export interface Written {
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

const blockBytes = 256 * 1024;
/** Each chunk is a buffer of its own, and garbage as soon as it is copied. */
const collectEveryBytes = 8 << 20;

/**
 * Size and hash of what now lies at `path`. The file appears there once it is whole, and not at all when
 * anything throws; until then its name ends in `.part`, so that what a killed process leaves is known.
 */
export async function writeSpool(path: string, chunks: AsyncIterable<Buffer>): Promise<Written> {
  const part = `${path}.${randomUUID()}.part`;
  const file = await open(part, 'wx', 0o600);
  try {
    const written = await fill(file, chunks).finally(() => file.close());
    await rename(part, path);
    return written;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Size and hash of what was written to an open file, in blocks however small the chunks are. */
export async function fill(file: FileHandle, chunks: AsyncIterable<Buffer>): Promise<Written> {
  const hash = createHash('sha256');
  const block = Buffer.allocUnsafe(blockBytes);
  let filled = 0;
  let bytes = 0;
  let collectedAt = 0;
  const flush = () => {
    const full = block.subarray(0, filled);
    hash.update(full);
    // At once: to the system's cache that is quicker than to ask another thread, and nothing else runs here.
    for (let done = 0; done < full.length;) done += writeSync(file.fd, full, done);
    filled = 0;
  };
  for await (const chunk of chunks) {
    bytes += chunk.length;
    for (let from = 0; from < chunk.length;) {
      const copied = chunk.copy(block, filled, from);
      from += copied;
      filled += copied;
      if (filled === blockBytes) flush();
    }
    if (bytes - collectedAt < collectEveryBytes) continue;
    collectedAt = bytes;
    collectYoung();
  }
  flush();
  return { bytes, sha256: hash.digest('hex') };
}
