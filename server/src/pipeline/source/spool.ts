import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';

export interface Written {
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** With a quarter of it a download takes a third longer. */
const blockBytes = 1 << 20;

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

/**
 * Size and hash of what was written to an open file, in blocks however small the chunks are. While one block is
 * written, by a thread of the system's pool, the next one comes in.
 */
export async function fill(file: FileHandle, chunks: AsyncIterable<Buffer>): Promise<Written> {
  const hash = createHash('sha256');
  let [block, other] = [Buffer.allocUnsafe(blockBytes), Buffer.allocUnsafe(blockBytes)];
  let filled = 0;
  let bytes = 0;
  let writing = Promise.resolve();
  const flush = async () => {
    const full = block.subarray(0, filled);
    hash.update(full);
    await writing;
    writing = writeAll(file, full);
    // Its failure is thrown where it is waited for.
    writing.catch(() => undefined);
    [block, other] = [other, block];
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
    // The file may be closed behind this.
    await writing;
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done)).bytesWritten;
}
