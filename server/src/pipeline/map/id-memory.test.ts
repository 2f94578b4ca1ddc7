// @module-tag pipeline
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test, vi } from 'vitest';
import { measuresMemory } from '../../../test/measuring-memory.ts';
import { IdMemory } from './id-memory.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function bytesOfArrays(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

test('an id is free once and then belongs to its row for ever', () => {
  const memory = new IdMemory();
  expect([memory.claim('a', 1), memory.claim('b', 2), memory.claim('a', 3), memory.claim('a', 4)]).toEqual([
    0, 0, 1, 1,
  ]);
});

test.each(['', 'constructor', '__proto__', '0', 'é', '\u{1F600}', 'x'.repeat(100_000)])(
  '%.20s is an id',
  (id) => {
    const memory = new IdMemory();
    expect([memory.claim(id, 7), memory.claim(`${id} `, 8), memory.claim(id, 9)]).toEqual([0, 0, 7]);
  },
);

test('ids that differ in one character, or in their order, are not confused', () => {
  const memory = new IdMemory();
  const ids = [
    'ab',
    'ba',
    'a',
    'b',
    'aa',
    'A',
    'á',
    'a\u0301',
    '1',
    '01',
    '1.0',
    '\uD83D\uDE00',
    '\uDE00\uD83D',
  ];
  expect(ids.map((id, at) => memory.claim(id, at + 1))).toEqual(ids.map(() => 0));
});

test('of a million ids each is known, and none is taken for another', { timeout: 30_000 }, () => {
  const memory = new IdMemory();
  const count = 1_000_000;
  let wrong = 0;
  for (let row = 1; row <= count; row++) if (memory.claim(`SKU-${row}`, row) !== 0) wrong++;
  for (let row = 1; row <= count; row += 7) if (memory.claim(`SKU-${row}`, count + row) !== row) wrong++;
  expect(wrong).toBe(0);
});

test('takes at most 32 bytes an id, however many there are', measuresMemory, async () => {
  await vi.waitFor(() => expect(bytesOfArrays()).toBeLessThan(8 << 20));
  const before = bytesOfArrays();
  const memory = new IdMemory();
  let row = 0;
  // Growth goes by factors of 1.5: these numbers lie all over one step.
  for (const count of [50_000, 150_000, 170_000, 190_000, 210_000, 240_000, 500_000]) {
    while (row < count) memory.claim(`id ${++row}`, row);
    // What is garbage is not always freed by the first collection.
    await vi.waitFor(() => expect((bytesOfArrays() - before) / count).toBeLessThanOrEqual(32));
  }
  expect(memory.claim('id 1', row + 1)).toBe(1);
});
