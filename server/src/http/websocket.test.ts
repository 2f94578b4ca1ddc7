// @module-tag http
import { once } from 'node:events';
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { openApiServer, type ApiServerOptions } from '../../test/api-server.ts';
import { measuresMemory } from '../../test/measuring-memory.ts';
import { createLog } from '../platform/log.ts';
import type { SocketLimits } from './websocket.ts';

/** Texts for as long as somebody reads them. */
async function* talk(size: number) {
  for (;;) yield { talk: 'x'.repeat(size) };
}

async function* silence() {
  await new Promise(() => undefined);
  yield {};
}

/** What `slow` waits for. */
const slow: PromiseWithResolvers<string>[] = [];
/** Those that `untilLeft` was given. */
const signals: AbortSignal[] = [];

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      never: { type: GraphQLString, resolve: () => new Promise(() => undefined) },
      slow: {
        type: GraphQLString,
        resolve: () => {
          const work = Promise.withResolvers<string>();
          slow.push(work);
          return work.promise;
        },
      },
      untilLeft: {
        type: GraphQLString,
        resolve: (_root, _args, _context, info) => {
          const signal = info.getAbortSignal();
          if (signal) signals.push(signal);
          return new Promise(() => undefined);
        },
      },
      echo: { type: GraphQLInt, args: { n: { type: new GraphQLNonNull(GraphQLInt) } }, resolve: () => 1 },
      bug: { type: GraphQLString, resolve: () => Promise.reject(new Error('the password is x')) },
    },
  }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      talk: { type: GraphQLString, subscribe: () => talk(100_000) },
      silence: { type: GraphQLString, subscribe: () => silence() },
    },
  }),
});

async function open(limits: Partial<SocketLimits> = {}, options: Partial<ApiServerOptions> = {}) {
  const server = await openApiServer({
    db: {} as never,
    schema,
    ...options,
    settings: { ...options.settings, limits },
  });
  onTestFinished(() => server.close());
  const connectTo = (path = '/graphql', more: ClientOptions = {}, protocols = ['graphql-transport-ws']) => {
    const socket = new WebSocket(server.origin.replace('http', 'ws') + path, protocols, more);
    onTestFinished(() => socket.terminate());
    return socket;
  };
  /** An open socket that has been let in. */
  const enter = async () => {
    const socket = connectTo();
    await once(socket, 'open');
    send(socket, { type: 'connection_init' });
    expect(await next(socket)).toEqual({ type: 'connection_ack' });
    return socket;
  };
  return { server, connectTo, enter };
}

const send = (socket: WebSocket, message: object) => socket.send(JSON.stringify(message));
const subscribe = (socket: WebSocket, id: string, query: string) =>
  send(socket, { id, type: 'subscribe', payload: { query } });

async function next(socket: WebSocket): Promise<unknown> {
  const [message] = (await once(socket, 'message')) as [Buffer];
  return JSON.parse(message.toString());
}

/** Asks, and waits for the answer. */
async function ping(socket: WebSocket) {
  socket.ping();
  await once(socket, 'pong');
}

const closeOf = async (socket: WebSocket) => ((await once(socket, 'close')) as [number])[0];
const errorOf = async (socket: WebSocket) => ((await once(socket, 'error')) as [Error])[0].message;

test('a client that does not say who it is goes', async () => {
  const { connectTo } = await open({ initMs: 100 });
  expect(await closeOf(connectTo())).toBe(4408);
});

test.each([
  ['what is no message', 'hello', 4400],
  ['a message that only a server sends', '{"type":"connection_ack"}', 4500],
  ['an operation before it was let in', '{"type":"subscribe","id":"1","payload":{"query":"{ bug }"}}', 4401],
  ['a message that is too large', `"${'x'.repeat(2_000)}"`, 1009],
])('%s closes the socket', async (_what, message, code) => {
  const { connectTo } = await open({ messageBytes: 1_000 });
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
  const { connectTo } = await open();
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

const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

test.each([
  ['a long text', { query: `subscription { silence } #${'x'.repeat(9_000)}` }],
  ['variables that it does not name', { variables: { tool: Array.from({ length: 5_000 }, () => []) } }],
  ['extensions', { extensions: { tool: 'x'.repeat(9_000) } }],
  ['values that are nested very deep', `{"query":"subscription { silence }","extensions":{"tool":${deep}}}`],
])('a subscription is not kept with %s, an operation that ends may have them', async (_what, more) => {
  const { enter } = await open();
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

test('a client that does not name the protocol is refused', async () => {
  const { connectTo } = await open();
  expect(await closeOf(connectTo('/graphql', {}, []))).toBe(4406);
});

test('an address has so many sockets and no more, and one that closes makes room', async () => {
  const { connectTo, enter } = await open({ socketsPerAddress: 2 });
  const first = await enter();
  await enter();
  expect(await errorOf(connectTo())).toContain('429');
  first.close();
  await once(first, 'close');
  await enter();
});

test('a socket has so many operations under way, and goes on when there are more', async () => {
  const { enter } = await open({ operationsPerSocket: 2 });
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
  const { enter } = await open({ operationsPerSocket: 2 });
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
  const { enter } = await open({ operationsPerSocket: 1 });
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
  const { enter } = await open();
  const socket = await enter();
  subscribe(socket, '1', '{ untilLeft }');
  await expect.poll(() => signals.length).toBe(1);
  leave(socket);
  await expect.poll(() => signals[0]?.aborted).toBe(true);
  signals.length = 0;
});

test.each([
  ['of another site', 'https://evil.example', '403'],
  ['of no site', 'null', '403'],
])('a page %s cannot connect', async (_whose, origin, status) => {
  const { connectTo } = await open();
  expect(await errorOf(connectTo('/graphql', { origin }))).toContain(status);
});

test('a page of ours can, and one that is allowed', async () => {
  const settings = { corsOrigins: ['https://office.example'] };
  const { server, connectTo } = await open({}, { settings });
  for (const origin of [server.origin, 'https://office.example']) {
    await once(connectTo('/graphql', { origin }), 'open');
  }
});

test('there is no other socket', async () => {
  const { connectTo } = await open();
  expect(await errorOf(connectTo('/other'))).toContain('404');
});

test('a client that answers no ping is given up', async () => {
  const { enter } = await open({ pingMs: 50 });
  const socket = await enter();
  socket.pong = () => undefined;
  expect(await closeOf(socket)).toBe(1006);
});

test('a client that answers pings stays', async () => {
  const { enter } = await open({ pingMs: 20 });
  const socket = await enter();
  for (let pings = 0; pings < 5; pings++) await once(socket, 'ping');
  expect(socket.readyState).toBe(WebSocket.OPEN);
});

test('a client that asks and does not read is given up when too much waits for it', async () => {
  const { server } = await open({ waitingBytes: 500_000, operationsPerSocket: 200 });
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
  const { server, enter } = await open({}, { log });
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
  const { server } = await open(
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

test('what takes too long is given up, on the socket and over HTTP', async () => {
  const { server, enter } = await open({}, { settings: { timeoutMs: 50 } });
  const socket = await enter();
  subscribe(socket, '1', '{ never }');
  expect(JSON.stringify(await next(socket))).toContain('TIMEOUT');
  expect(await server.ask('{ never }')).toMatchObject({
    status: 504,
    errors: [{ extensions: { code: 'TIMEOUT' } }],
  });
});

test('a server that stops sends its clients elsewhere, and breaks off event streams', async () => {
  const { server, enter } = await open();
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
  const { server, enter, connectTo } = await open();
  const silent = await enter();
  silent.pause();
  const closed = server.close();
  expect(await errorOf(connectTo())).toContain('503');
  silent.terminate();
  await closed;
});

test('an address has so many event streams and no more', async () => {
  const { server } = await open({ socketsPerAddress: 1 });
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
