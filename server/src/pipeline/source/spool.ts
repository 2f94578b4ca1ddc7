import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';

export interface Written {
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

const blockBytes = 256 * 1024;

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
  // One is filled while the other is written.
  let block = Buffer.allocUnsafe(blockBytes);
  let spare = Buffer.allocUnsafe(blockBytes);
  let writing: Promise<void> = Promise.resolve();
  let filled = 0;
  let bytes = 0;
  const flush = async () => {
    const full = block.subarray(0, filled);
    hash.update(full);
    await writing;
    writing = writeAll(file, full);
    // It is awaited before the next block; until then its failure is not unheard of.
    writing.catch(() => undefined);
    [block, spare] = [spare, block];
    filled = 0;
  };
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      for (let from = 0; from < chunk.length;) {
        const copied = chunk.copy(block, filled, from);
        from += copied;
        filled += copied;
        if (filled === blockBytes) await flush();
      }
    }
    await flush();
  } finally {
    await writing;
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function writeAll(file: FileHandle, block: Buffer): Promise<void> {
  // One write may take less than it was given.
  for (let done = 0; done < block.length;) {
    done += (await file.write(block, done)).bytesWritten;
  }
}
