// @module-tag pipeline
// @module-tag property
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LentBlocks } from './lent-blocks.ts';

const blockBytes = 192 * 1024;

/** Fills the room with the next of the numbers that follow one another. */
function fill(blocks: LentBlocks, bytes: number, from: number): number {
  const room = blocks.makeRoom().subarray(0, bytes);
  for (let at = 0; at < room.length; at += 1) room[at] = (from + at) % 251;
  blocks.fill(room.length);
  return room.length;
}

test('what comes in is taken in its order, whole, and stays as it is until the next is taken', () => {
  const step = fc.oneof(
    fc.record({ fill: fc.integer({ min: 1, max: blockBytes }) }),
    fc.record({ take: fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: 100_000 })) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const blocks = new LentBlocks(blockBytes);
      let [filled, taken] = [0, 0];
      let lent: { readonly piece: Buffer; readonly copy: Buffer } | null = null;
      for (const one of steps) {
        if ('take' in one) {
          const { length } = blocks.untaken;
          const piece = blocks.take(one.take);
          expect(piece.length).toBe(Math.min(length, one.take));
          expect(piece.every((byte, at) => byte === (taken + at) % 251)).toBe(true);
          taken += piece.length;
          lent = { piece, copy: Buffer.from(piece) };
        } else {
          filled += fill(blocks, one.fill, filled);
        }
        expect(lent === null || lent.piece.equals(lent.copy)).toBe(true);
      }
      while (blocks.untaken.length > 0) taken += blocks.take().length;
      expect([taken, blocks.isFull]).toEqual([filled, false]);
    }),
    { numRuns: 300 },
  );
});

test('it is full while a block of bytes is not taken', () => {
  const blocks = new LentBlocks(blockBytes);
  fill(blocks, blockBytes - 1, 0);
  expect(blocks.isFull).toBe(false);
  fill(blocks, 1, 0);
  expect(blocks.isFull).toBe(true);
  blocks.take(1);
  expect(blocks.isFull).toBe(false);
});

test('the same few blocks are used again and again', () => {
  const blocks = new LentBlocks(blockBytes);
  const used = new Set<ArrayBufferLike>();
  for (let round = 0; round < 200; round += 1) {
    for (const bytes of [50_000, blockBytes, 1]) {
      used.add(blocks.makeRoom().buffer);
      if (!blocks.isFull) fill(blocks, bytes, 0);
    }
    blocks.take();
  }
  expect(used.size).toBeLessThanOrEqual(4);
});
