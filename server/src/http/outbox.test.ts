// @module-tag http
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { Outbox } from './outbox.ts';

type Sent = string[];

/** As much of a socket as an outbox needs. */
function socketOf(name: string, sent: Sent, { readyState = 1, bufferedAmount = 0 } = {}): WebSocket {
  return {
    ...{ readyState, OPEN: 1, bufferedAmount },
    send: (text: string) => sent.push(`${name} ${text}`),
    terminate: () => sent.push(`${name} is given up`),
  } as unknown as WebSocket;
}

test('messages leave in their order, once everything of their turn has been done', async () => {
  const sent: Sent = [];
  const outbox = new Outbox(100);
  const [a, b] = [socketOf('a', sent), socketOf('b', sent)];
  outbox.post(a, '1');
  outbox.post(b, '1');
  for (let step = 0; step < 10; step++) await Promise.resolve();
  outbox.post(a, '2');
  expect(sent).toEqual([]);
  await nextTurn();
  expect(sent).toEqual(['a 1', 'b 1', 'a 2']);
  outbox.post(b, '2');
  await nextTurn();
  expect(sent.at(-1)).toBe('b 2');
});

test('a socket that has closed, or whose client does not read, is in nobody’s way', async () => {
  const sent: Sent = [];
  const outbox = new Outbox(100);
  outbox.post(socketOf('closed', sent, { readyState: 3 }), '1');
  outbox.post(socketOf('full', sent, { bufferedAmount: 101 }), '1');
  outbox.post(socketOf('busy', sent, { bufferedAmount: 100 }), '1');
  await nextTurn();
  expect(sent).toEqual(['full is given up', 'busy 1']);
});
