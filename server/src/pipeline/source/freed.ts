import { collectYoung } from '../../shared/collect-young.ts';

/** With more of it V8 marks the whole heap. */
const freeEveryBytes = 1 << 20;

/** The same chunks, where each is a buffer of its own: those that were used are freed, a megabyte at a time. */
export async function* freed(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let used = 0;
  for await (const chunk of chunks) {
    yield chunk;
    used += chunk.length;
    if (used < freeEveryBytes) continue;
    used = 0;
    collectYoung();
  }
}
