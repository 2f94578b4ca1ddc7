// @module-tag pipeline
import { expect, test } from 'vitest';
import { measuresMemory } from '../../../test/measuring-memory.ts';
import { freed } from './freed.ts';

test('buffers are freed while there are more to come', measuresMemory, async () => {
  const before = process.memoryUsage().arrayBuffers;
  async function* pieces() {
    for (let number = 0; number < 3_000; number += 1) yield Buffer.alloc(64 * 1024);
  }
  let most = 0;
  for await (const piece of freed(pieces())) {
    expect(piece.length).toBe(64 * 1024);
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }
  expect(most).toBeLessThan(24 << 20);
});
