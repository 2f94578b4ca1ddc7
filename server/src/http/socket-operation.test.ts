// @module-tag http
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { next, openSockets, ping, send, signals, slow, subscribe } from '../../test/sockets.ts';

test('a socket has so many operations under way, and goes on when there are more', async () => {
  const { enter } = await openSockets({ operationsPerSocket: 2 });
  const socket = await enter();
  for (const id of ['1', '2', '3']) subscribe(socket, id, 'subscription { silence }');
  expect(await next(socket)).toMatchObject({
    id: '3',
    type: 'error',
    payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }],
  });
  send(socket, { id: '1', type: 'complete' });
  subscribe(socket, '4', '{ __typename }');
  expect(await next(socket)).toMatchObject({ id: '4', type: 'next' });
});

test('an operation that its client has ended has its place until its work is done', async () => {
  const { enter } = await openSockets({ operationsPerSocket: 2 });
  const socket = await enter();
  for (const id of ['1', '2']) subscribe(socket, id, '{ slow }');
  await expect.poll(() => slow.length).toBe(2);
  for (const id of ['1', '2']) send(socket, { id, type: 'complete' });
  await ping(socket);
  subscribe(socket, '3', '{ slow }');
  expect(await next(socket)).toMatchObject({
    ...{ id: '3', type: 'error' },
    payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }],
  });
  expect(slow.length).toBe(2);
  for (const work of slow.splice(0)) work.resolve('done');
  await new Promise((settle) => setImmediate(settle));
  for (const id of ['4', '5']) subscribe(socket, id, '{ slow }');
  await expect.poll(() => slow.length).toBe(2);
  for (const work of slow.splice(0)) work.resolve('done');
});

test.each([
  ['variables that do not fit', { query: 'query ($n: Int!) { echo(n: $n) }', variables: { n: 'x' } }],
  ['a text that is no query', { query: '{' }],
  ['an operation that is not there', { query: '{ bug }', operationName: 'Other' }],
  ['a fault', { query: '{ bug }' }],
  ['a subscription', { query: 'subscription { silence }' }],
])('%s takes no place once the client has ended it', async (_what, payload) => {
  const { enter } = await openSockets({ operationsPerSocket: 1 });
  const socket = await enter();
  const heard: unknown[] = [];
  socket.on('message', (message: Buffer) => heard.push(JSON.parse(message.toString())));
  for (let count = 0; count < 3; count++) {
    send(socket, { id: '1', type: 'subscribe', payload });
    send(socket, { id: '1', type: 'complete' });
    // What is ended at once may still be about to begin.
    for (let turns = 0; turns < 5; turns++) await ping(socket);
  }
  subscribe(socket, '2', '{ __typename }');
  await expect.poll(() => heard).toContainEqual(expect.objectContaining({ id: '2', type: 'next' }));
});

test.each([
  ['ends it', (socket: WebSocket) => send(socket, { id: '1', type: 'complete' })],
  ['goes', (socket: WebSocket) => socket.terminate()],
])('an operation hears that its client %s', async (_how, leave) => {
  const { enter } = await openSockets();
  const socket = await enter();
  subscribe(socket, '1', '{ untilLeft }');
  await expect.poll(() => signals.length).toBe(1);
  leave(socket);
  await expect.poll(() => signals[0]?.aborted).toBe(true);
  signals.length = 0;
});

test('what takes too long is given up, on the socket and over HTTP', async () => {
  const { server, enter } = await openSockets({}, { settings: { timeoutMs: 50 } });
  const socket = await enter();
  subscribe(socket, '1', '{ never }');
  expect(JSON.stringify(await next(socket))).toContain('TIMEOUT');
  expect(await server.ask('{ never }')).toMatchObject({
    status: 504,
    errors: [{ extensions: { code: 'TIMEOUT' } }],
  });
});

const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

test.each([
  ['a long text', { query: `subscription { silence } #${'x'.repeat(9_000)}` }],
  ['variables that it does not name', { variables: { tool: Array.from({ length: 5_000 }, () => []) } }],
  ['extensions', { extensions: { tool: 'x'.repeat(9_000) } }],
  ['values that are nested very deep', `{"query":"subscription { silence }","extensions":{"tool":${deep}}}`],
])('a subscription is not kept with %s, an operation that ends may have them', async (_what, more) => {
  const { enter } = await openSockets();
  const socket = await enter();
  const query = 'subscription { silence }';
  const payload = typeof more === 'string' ? more : JSON.stringify({ query, ...more });
  socket.send(`{"id":"1","type":"subscribe","payload":${payload}}`);
  expect(await next(socket)).toMatchObject({
    ...{ id: '1', type: 'error' },
    payload: [{ extensions: { code: 'SUBSCRIPTION_TOO_LARGE' } }],
  });
  socket.send(`{"id":"1","type":"subscribe","payload":${payload.replace(query, '{ __typename }')}}`);
  expect(await next(socket)).toMatchObject({ id: '1', type: 'next' });
});
