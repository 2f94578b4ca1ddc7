// @module-tag shared
import { expect, test } from 'vitest';
import { Latest, LatestOverflowError } from './latest.ts';

const value = <T>(of: T) => ({ done: false, value: of });
const over = { done: true, value: undefined };

test('a reader who waits is given each value at once', async () => {
  const latest = new Latest<number>();
  const waiting = [latest.next(), latest.next()];
  latest.put('a', 1);
  latest.put('a', 2);
  expect(await Promise.all(waiting)).toEqual([value(1), value(2)]);
});

test('of each thing only the newest value waits, and the thing that waits longest comes first', async () => {
  const latest = new Latest<string>();
  for (const [key, text] of [
    ['a', 'a1'],
    ['b', 'b1'],
    ['a', 'a2'],
    ['b', 'b2'],
    ['a', 'a3'],
  ] as const)
    latest.put(key, text);
  expect([await latest.next(), await latest.next()]).toEqual([value('a3'), value('b2')]);
});

test('what waits at the end can still be taken, and nothing is added after it', async () => {
  const latest = new Latest<number>();
  latest.put('a', 1);
  latest.end();
  latest.put('a', 2);
  expect([await latest.next(), await latest.next(), await latest.next()]).toEqual([value(1), over, over]);
});

test('a reader who leaves is not kept waiting, and what waited is dropped', async () => {
  const latest = new Latest<number>();
  const waiting = latest.next();
  await latest.return();
  latest.put('a', 1);
  expect([await waiting, await latest.next()]).toEqual([over, over]);
});

test('more things than may wait are a failure, once', async () => {
  const latest = new Latest<number>(2);
  for (const key of ['a', 'b', 'a', 'c']) latest.put(key, 1);
  await expect(latest.next()).rejects.toThrow(LatestOverflowError);
  expect(await latest.next()).toEqual(over);
});
