// @module-tag pipeline
// @module-tag hostile
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  constants,
  createBrotliCompress,
  createGzip,
  gzipSync,
  type BrotliCompress,
  type Gzip,
} from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { expectRefusal, fetching, type Fetching } from '../../test/fetching.ts';
import {
  httpResponse,
  pour,
  startFixedServer,
  startLoopbackServer,
  type LoopbackServer,
} from '../../test/loopback-server.ts';
import { measuresMemory } from '../../test/measuring-memory.ts';

const csv = 'id,title\n1,Lamp\n';

const refusedBy = (
  server: LoopbackServer,
  code: Parameters<typeof expectRefusal>[1],
  options: Fetching = {},
) => expectRefusal(`${server.origin}/feed.csv`, code, { allowed: server.host, ...options });

const ok = 'HTTP/1.1 200 OK\r\n\r\n';

/** Writes a beginning, and then a piece every 20 ms for as long as the other side is there. */
function trickle(socket: Socket, beginning: string, piece: string): void {
  socket.write(beginning);
  const timer = setInterval(() => socket.write(piece), 20);
  socket.on('close', () => clearInterval(timer));
}

/** The most that the process grew by while something ran, in bytes. */
async function growthDuring(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
  await work().finally(() => clearInterval(timer));
  return most - before;
}

const flat = 60e6;
const rows = Buffer.from('1,Lamp,12.50 EUR\n'.repeat(4000));

test(
  'B20: a stream without end stops at the size limit, is closed, and takes no memory',
  measuresMemory,
  async () => {
    const server = await startLoopbackServer((socket) => {
      socket.write(ok);
      pour(socket, rows);
    });
    const refusedAt = (wireBytes: number) => refusedBy(server, 'TOO_LARGE', { limits: { wireBytes } });
    // What Node keeps for reading and for the parser comes once.
    await refusedAt(40e6);
    expect(await growthDuring(() => refusedAt(200e6))).toBeLessThan(flat);
    await vi.waitFor(() => expect(server.open()).toBe(0));
  },
);

test('B20: a stream without end stops at the time limit', async () => {
  const server = await startLoopbackServer((socket) => {
    trickle(socket, `${ok}id,title\n`, '1,Lamp\n');
  });
  await refusedBy(server, 'TOO_SLOW', { limits: { totalMs: 300 } });
  await vi.waitFor(() => expect(server.open()).toBe(0));
});

test('B20: a body that is announced as too large is not begun', async () => {
  const server = await startFixedServer(httpResponse(200, csv, { 'Content-Length': '2000000001' }));
  expect(await refusedBy(server, 'TOO_LARGE')).toContain('2 GB');
});

const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
const silentServers: [string, (socket: Socket) => void][] = [
  ['says nothing', () => undefined],
  ['never ends its headers', (socket) => trickle(socket, 'HTTP/1.1 200 OK\r\n', 'X-A: b\r\n')],
  ['sends early hints for ever', (socket) => trickle(socket, '', 'HTTP/1.1 103 Early Hints\r\n\r\n')],
  ['falls silent in the body', (socket) => socket.write(`${ok}id,title\n`)],
  ['sends chunks without content', (socket) => trickle(socket, `${chunked}1;`, 'x')],
];

test.each(silentServers)('B21: a server that %s is given up', async (_kind, answer) => {
  const server = await startLoopbackServer(answer);
  const sentence = await refusedBy(server, 'STALLED', { limits: { idleMs: 200 } });
  expect(sentence).toContain('0.2 s');
  await vi.waitFor(() => expect(server.open()).toBe(0));
});

test('B21: one byte at a time is not silence, but ends with the total time', async () => {
  const server = await startLoopbackServer((socket) => {
    trickle(socket, ok, 'x');
  });
  await refusedBy(server, 'TOO_SLOW', { limits: { idleMs: 200, totalMs: 600 } });
});

test('B21: a TLS handshake that hangs is given up', async () => {
  const server = await startLoopbackServer(() => undefined);
  await expectRefusal(`https://${server.host}/`, 'STALLED', {
    allowed: server.host,
    limits: { idleMs: 200 },
  });
  await vi.waitFor(() => expect(server.open()).toBe(0));
});

test('B21: a resolver that hangs is given up', async () => {
  const lookup = () => new Promise<never>(() => undefined);
  await expectRefusal('http://feeds.example/', 'STALLED', { lookup, limits: { idleMs: 100 } });
});

/** 200 MB of one letter, packed piece by piece so that this process never holds them. */
async function createBomb(packer: Gzip | BrotliCompress): Promise<Buffer> {
  const letters = Buffer.alloc(1e6, 'a');
  const packed: Buffer[] = [];
  const source = Readable.from(Array.from({ length: 200 }, () => letters));
  await pipeline(source, packer, async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) packed.push(chunk);
  });
  return Buffer.concat(packed);
}

test.each([
  ['gzip', 'gzip', () => createBomb(createGzip({ level: 1 }))],
  ['gzip of gzip', 'gzip', async () => gzipSync(await createBomb(createGzip({ level: 1 })))],
  [
    'brotli',
    'br',
    () => createBomb(createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })),
  ],
])(
  'B22: a bomb of %s stops at the inflated size, and takes no memory',
  measuresMemory,
  async (_kind, encoding, create) => {
    const server = await startFixedServer(
      httpResponse(200, await create(), { 'Content-Encoding': encoding }),
    );
    const refused = () => refusedBy(server, 'INFLATED_TOO_LARGE', { limits: { inflatedBytes: 150e6 } });
    expect(await growthDuring(refused)).toBeLessThan(flat);
  },
);

test('B22: a bomb without end is closed at the inflated size', async () => {
  const server = await startLoopbackServer((socket) => {
    socket.write(ok);
    const gzip = createGzip({ level: 1 });
    gzip.pipe(socket);
    socket.on('close', () => gzip.destroy());
    const more = () => {
      while (!gzip.destroyed && gzip.write(rows));
    };
    gzip.on('drain', more);
    more();
  });
  await refusedBy(server, 'INFLATED_TOO_LARGE', { limits: { inflatedBytes: 50e6 } });
  await vi.waitFor(() => expect(server.open()).toBe(0));
});

const interrupted: [string, (socket: Socket) => void, Fetching][] = [
  ['before the headers', () => undefined, {}],
  ['within the body', (socket) => socket.write(`${ok}id,title\n`), {}],
  [
    'within a packed body',
    (socket) => socket.write(Buffer.concat([Buffer.from(ok), gzipSync(csv).subarray(0, 900)])),
    {},
  ],
  ['while rows pour in', (socket) => pour(socket, Buffer.concat([Buffer.from(ok), rows])), {}],
  [
    'in the wait for a busy server',
    (socket) => socket.end(httpResponse(503, '', { 'Retry-After': '60' })),
    {},
  ],
];

test.each(interrupted)('an abort %s ends the download with its reason', async (_when, answer, options) => {
  const stop = new AbortController();
  const reason = { cancelled: true };
  let abortedAt = Infinity;
  const server = await startLoopbackServer((socket) => {
    answer(socket);
    setTimeout(() => {
      abortedAt = performance.now();
      stop.abort(reason);
    }, 100);
  });
  const fetch = fetching(server.origin, { allowed: server.host, signal: stop.signal, ...options });
  await expect(fetch).rejects.toBe(reason);
  expect(performance.now() - abortedAt).toBeLessThan(1000);
  await vi.waitFor(() => expect(server.open()).toBe(0));
});

test('an abort with the last byte still ends the download with its reason', async () => {
  const stop = new AbortController();
  const reason = new Error('cancelled');
  const server = await startFixedServer(httpResponse(200, csv));
  const onProgress = () => stop.abort(reason);
  const fetch = fetching(server.origin, { allowed: server.host, signal: stop.signal, onProgress });
  await expect(fetch).rejects.toBe(reason);
});

test('a signal that is aborted already opens no connection', async () => {
  const server = await startFixedServer(httpResponse(200, csv));
  const reason = new Error('cancelled');
  const fetch = fetching(server.origin, { allowed: server.host, signal: AbortSignal.abort(reason) });
  await expect(fetch).rejects.toBe(reason);
  expect(server.connections()).toBe(0);
});
