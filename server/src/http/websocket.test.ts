// @module-tag http
import { once } from 'node:events';
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { measuresMemory } from '../../test/measuring-memory.ts';
import { closeOf, errorOf, next, openSockets, send, subscribe } from '../../test/sockets.ts';
import { createLog } from '../platform/log.ts';

test('a client that does not say who it is goes', async () => {
  const { connectTo } = await openSockets({ initMs: 100 });
  expect(await closeOf(connectTo())).toBe(4408);
});

test.each([
  ['what is no message', 'hello', 4400],
  ['a message that only a server sends', '{"type":"connection_ack"}', 4500],
  ['an operation before it was let in', '{"type":"subscribe","id":"1","payload":{"query":"{ bug }"}}', 4401],
  ['a message that is too large', `"${'x'.repeat(2_000)}"`, 1009],
])('%s closes the socket', async (_what, message, code) => {
  const { connectTo } = await openSockets({ messageBytes: 1_000 });
  const socket = connectTo();
  await once(socket, 'open');
  socket.send(message);
  expect(await closeOf(socket)).toBe(code);
});

/** Bytes that something still refers to. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

test('what a client says of itself is not kept with its socket', measuresMemory, async () => {
  const { connectTo } = await openSockets();
  const payload = { tool: Array.from({ length: 300_000 }, () => []) };
  const enter = async () => {
    const socket = connectTo();
    await once(socket, 'open');
    send(socket, { type: 'connection_init', payload });
    expect(await next(socket)).toEqual({ type: 'connection_ack' });
  };
  await enter();
  const before = heldBytes();
  for (let sockets = 0; sockets < 10; sockets++) await enter();
  expect(heldBytes() - before).toBeLessThan(20_000_000);
});

test('a client that does not name the protocol is refused', async () => {
  const { connectTo } = await openSockets();
  expect(await closeOf(connectTo('/graphql', {}, []))).toBe(4406);
});

test('an address has so many sockets and no more, and one that closes makes room', async () => {
  const { connectTo, enter } = await openSockets({ socketsPerAddress: 2 });
  const first = await enter();
  await enter();
  expect(await errorOf(connectTo())).toContain('429');
  first.close();
  await once(first, 'close');
  await enter();
});

test.each([
  ['of another site', 'https://evil.example', '403'],
  ['of no site', 'null', '403'],
])('a page %s cannot connect', async (_whose, origin, status) => {
  const { connectTo } = await openSockets();
  expect(await errorOf(connectTo('/graphql', { origin }))).toContain(status);
});

test('a page of ours can, and one that is allowed', async () => {
  const settings = { corsOrigins: ['https://office.example'] };
  const { server, connectTo } = await openSockets({}, { settings });
  for (const origin of [server.origin, 'https://office.example']) {
    await once(connectTo('/graphql', { origin }), 'open');
  }
});

test('there is no other socket', async () => {
  const { connectTo } = await openSockets();
  expect(await errorOf(connectTo('/other'))).toContain('404');
});

test('a client that answers no ping is given up', async () => {
  const { enter } = await openSockets({ pingMs: 50 });
  const socket = await enter();
  socket.pong = () => undefined;
  expect(await closeOf(socket)).toBe(1006);
});

test('a client that answers pings stays', async () => {
  const { enter } = await openSockets({ pingMs: 20 });
  const socket = await enter();
  for (let pings = 0; pings < 5; pings++) await once(socket, 'ping');
  expect(socket.readyState).toBe(WebSocket.OPEN);
});

test('a client that asks and does not read is given up when too much waits for it', async () => {
  const { server } = await openSockets({ waitingBytes: 500_000, operationsPerSocket: 200 });
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    'GET /graphql HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n',
  );
  await once(socket, 'readable');
  socket.write(frame({ type: 'connection_init' }));
  for (let id = 0; id < 100; id++) {
    const payload = { query: 'subscription { talk }' };
    socket.write(frame({ id: String(id), type: 'subscribe', payload }));
  }
  // Only writing shows one who does not read that the other side has gone.
  const writing = setInterval(() => socket.write(frame({ type: 'ping' })), 20);
  await new Promise((settle) => socket.once('close', settle)).finally(() => clearInterval(writing));
});

/** A text frame of a client with a mask of zeros (RFC 6455 5.2). */
function frame(message: object): Buffer {
  const text = Buffer.from(JSON.stringify(message));
  return Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), text]);
}

test('a fault is told by the id of its request, under which it is logged', async () => {
  const lines: string[] = [];
  const log = createLog('error', { write: (line) => lines.push(line) });
  const { server, enter } = await openSockets({}, { log });
  const socket = await enter();
  const payload = { query: 'query Buggy { bug }', operationName: 'Buggy' };
  send(socket, { id: '1', type: 'subscribe', payload });
  const told = JSON.stringify(await next(socket));
  const { errors } = await server.ask('{ bug }');
  expect(told).not.toContain('password');
  expect(errors?.[0]?.message).toBe('Something went wrong here.');
  const [first, second] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(told).toContain(String(first?.['requestId']));
  expect(first).toMatchObject({ operationName: 'Buggy', path: 'bug' });
  expect(errors?.[0]?.extensions).toEqual({ code: 'INTERNAL', requestId: second?.['requestId'] });
});

test('whoever leaves before the answer is there is no fault', async () => {
  const lines: string[] = [];
  let notes = 0;
  const { server } = await openSockets(
    {},
    {
      log: createLog('warn', { write: (line) => lines.push(line) }),
      use: { note: () => void (notes += 1) },
    },
  );
  const leaving = new AbortController();
  const headers = { 'Content-Type': 'application/json' };
  const init = { method: 'POST', headers, body: '{"query":"{ never }"}', signal: leaving.signal };
  const asking = server.fetch(init).catch(() => undefined);
  await expect.poll(() => notes).toBe(1);
  leaving.abort();
  await asking;
  await expect.poll(() => notes).toBe(2);
  // Its line comes after one of the operation before.
  await server.ask('{ bug }');
  expect(lines.map((line) => (JSON.parse(line) as { path?: string }).path)).toEqual(['bug']);
});

test('a server that stops sends its clients elsewhere, and breaks off event streams', async () => {
  const { server, enter } = await openSockets();
  const socket = await enter();
  subscribe(socket, '1', 'subscription { silence }');
  const stream = await server.fetch({
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: '{"query":"subscription { silence }"}',
  });
  const began = performance.now();
  const [code] = await Promise.all([
    closeOf(socket),
    expect(stream.text()).rejects.toThrow(),
    server.close(),
  ]);
  expect(code).toBe(1012);
  expect(performance.now() - began).toBeLessThan(3_000);
});

test('whoever comes while the server says goodbye is refused', async () => {
  const { server, enter, connectTo } = await openSockets();
  const silent = await enter();
  silent.pause();
  const closed = server.close();
  expect(await errorOf(connectTo())).toContain('503');
  silent.terminate();
  await closed;
});

test('an address has so many event streams and no more', async () => {
  const { server } = await openSockets({ socketsPerAddress: 1 });
  const follow = (signal?: AbortSignal) =>
    server.fetch({
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
      body: '{"query":"subscription { silence }"}',
      ...(signal ? { signal } : {}),
    });
  const leaving = new AbortController();
  await follow(leaving.signal);
  expect(await (await follow()).text()).toContain('TOO_MANY_SUBSCRIPTIONS');
  leaving.abort();
});
