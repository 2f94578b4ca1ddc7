/** The bytes in pieces of some size, lent as a connection lends them: what one held is gone when the next is asked for. */
export async function* lending(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  const block = Buffer.alloc(size);
  for (let from = 0; from < bytes.length; from += size) {
    yield block.subarray(0, bytes.copy(block, 0, from, from + size));
    block.fill('!');
  }
}

/** All of what chunks hold, each taken before the next is asked for. */
export async function collected(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}
