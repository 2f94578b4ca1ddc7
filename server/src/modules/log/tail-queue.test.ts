// @module-tag log
import { expect, test } from 'vitest';
import type { LogEntry } from '../../generated/prisma/client.ts';
import { TailQueue } from './tail-queue.ts';

const entry = (id: number): LogEntry => ({
  id: BigInt(id),
  at: new Date(Date.UTC(2030, 0, 1, 12, 0, id)),
  level: 30,
  message: `entry ${id}`,
  node: 'one:1',
  ...{ requestId: null, jobId: null, storeId: null, fields: null },
});
const entries = (...ids: number[]) => ids.map(entry);

const read = async (queue: TailQueue, count: number) => {
  const messages: unknown[] = [];
  for (let at = 0; at < count; at++) messages.push((await queue.next()).value?.message);
  return messages;
};

test('what was read comes first, then what was heard meanwhile and since, each once', async () => {
  const queue = new TailQueue(10);
  queue.add(entries(2, 3));
  queue.begin(entries(1, 2));
  queue.add(entries(3, 4));
  expect(await read(queue, 4)).toEqual(['entry 1', 'entry 2', 'entry 3', 'entry 4']);
});

test('readers who wait get the next entries in their order', async () => {
  const queue = new TailQueue(10);
  queue.begin([]);
  const waiting = [queue.next(), queue.next()];
  queue.add(entries(1));
  queue.add(entries(2));
  expect((await Promise.all(waiting)).map(({ value }) => value?.id)).toEqual([1n, 2n]);
});

test('of too many the oldest are left out, and an entry in their place says how many', async () => {
  const queue = new TailQueue(3);
  queue.begin([]);
  queue.add(entries(1, 2));
  queue.add(entries(3, 4, 5));
  expect(await read(queue, 4)).toEqual([
    '2 entries are left out here: they came faster than they were read.',
    'entry 3',
    'entry 4',
    'entry 5',
  ]);
  queue.add(entries(6));
  expect(await read(queue, 1)).toEqual(['entry 6']);
});

test('it ends at once, for whoever waits too, and says so once', async () => {
  const queue = new TailQueue(3);
  let ended = 0;
  queue.onEnd(() => ended++);
  queue.begin([]);
  const waiting = queue.next();
  await Promise.all([queue.return(), queue.return()]);
  queue.add(entries(1));
  expect([await waiting, await queue.next(), ended]).toEqual([
    { done: true, value: undefined },
    { done: true, value: undefined },
    1,
  ]);
});
