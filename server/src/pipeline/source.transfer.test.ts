// @module-tag pipeline
// @module-tag hostile
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { expectRefusal, fetching, type Fetching } from '../../test/fetching.ts';
import {
  httpResponse,
  startFixedServer,
  startLoopbackServer,
  type LoopbackServer,
} from '../../test/loopback-server.ts';

const csv = Array.from({ length: 2000 }, (_, row) => `${row},Lamp ${row * 7919},12.50 EUR\n`).join('');
const sha256 = createHash('sha256').update(csv).digest('hex');

/** Fetches from a server that the test has opened, and gives what was stored. */
async function fetchFrom(server: LoopbackServer, path = '/feed.csv', options: Fetching = {}) {
  const fetched = await fetching(server.origin + path, { allowed: server.host, ...options });
  const content = fetched.kind === 'fetched' ? await readFile(fetched.path, 'utf8') : null;
  return { fetched, content };
}

const refusedBy = (
  server: LoopbackServer,
  code: Parameters<typeof expectRefusal>[1],
  options: Fetching = {},
) => expectRefusal(`${server.origin}/feed.csv`, code, { allowed: server.host, ...options });

const ok = 'HTTP/1.1 200 OK\r\n\r\n';

test('a feed is stored whole, with its size, hash, etag, charset and address', async () => {
  const headers = { ETag: '"v1"', 'Content-Type': 'Text/CSV; header=present; Charset="ISO-8859-1"' };
  const server = await startFixedServer(httpResponse(200, csv, headers));
  const { fetched, content } = await fetchFrom(server, '/feed.csv?lang=fr#top');
  expect(content).toBe(csv);
  expect(fetched).toEqual({
    kind: 'fetched',
    path: expect.stringMatching(/feed$/) as string,
    bytes: csv.length,
    sha256,
    etag: '"v1"',
    charset: 'iso-8859-1',
    finalUrl: `${server.origin}/feed.csv?lang=fr`,
  });
});

test('progress counts bytes on the wire up to the announced total', async () => {
  const body = gzipSync(csv);
  const server = await startFixedServer(httpResponse(200, body));
  const seen: [number, number | null][] = [];
  await fetchFrom(server, '/', { onProgress: (read, total) => seen.push([read, total]) });
  expect(seen.at(-1)).toEqual([body.length, body.length]);
});

test('progress knows no total when the server announces none', async () => {
  const server = await startFixedServer(Buffer.from(`HTTP/1.0 200 OK\r\n\r\n${csv}`));
  const totals = new Set<number | null>();
  const { content } = await fetchFrom(server, '/', { onProgress: (_read, total) => totals.add(total) });
  expect([content, [...totals]]).toEqual([csv, [null]]);
});

/** The rows in chunks of some size. */
function inChunks(size: number): string {
  const parts = Array.from({ length: Math.ceil(csv.length / size) }, (_, at) =>
    csv.slice(at * size, (at + 1) * size),
  );
  const chunks = parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`);
  return `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks.join('')}0\r\n\r\n`;
}

test.each([
  ['in one chunk', inChunks(csv.length)],
  ['in small chunks', inChunks(7)],
  ['with a length', httpResponse(200, csv)],
  ['until the end of the connection', ok + csv],
  [
    'behind an announcement',
    `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${httpResponse(200, csv).toString()}`,
  ],
  ['behind empty lines', `\r\n\r\n${httpResponse(200, csv).toString()}`],
])('a feed that is sent %s is stored whole, however the network cuts it', async (_kind, response) => {
  const bytes = Buffer.from(response);
  const atOnce = await startFixedServer(bytes);
  const cut = await startLoopbackServer((socket) => {
    socket.setNoDelay(true);
    // The head byte by byte, the rest in larger ones.
    const cuts = [
      ...Array(150).keys(),
      ...Array.from({ length: 30 }, (_, at) => 150 + at * 3_000),
      bytes.length,
    ];
    const send = (at: number) => {
      const [from = 0, to] = cuts.slice(at);
      if (to === undefined) socket.end();
      else socket.write(bytes.subarray(from, to), () => setImmediate(send, at + 1));
    };
    send(0);
  });
  for (const server of [atOnce, cut]) {
    const { fetched, content } = await fetchFrom(server);
    expect(content).toBe(csv);
    expect(fetched).toMatchObject({ bytes: csv.length, sha256 });
  }
});

test('a feed that comes faster than it is stored is stored whole', async () => {
  const rows = Array.from({ length: 900_000 }, (_, row) => `${row},Lamp\n`).join('');
  const server = await startFixedServer(Buffer.from(ok + rows));
  const { fetched, content } = await fetchFrom(server);
  expect(content === rows).toBe(true);
  expect(fetched).toMatchObject({ sha256: createHash('sha256').update(rows).digest('hex') });
});

test('the request asks for text, for packings that can be read, and for no part of it', async () => {
  const server = await startFixedServer(httpResponse(200, csv));
  await fetchFrom(server);
  expect(server.requests[0]).toMatch(/^GET \/feed\.csv HTTP\/1\.1\r\n/);
  expect(server.requests[0]).toContain('Accept-Encoding: gzip, br\r\n');
  expect(server.requests[0]).not.toMatch(/range|if-none-match|authorization/i);
});

test.each([101, 201, 202, 204, 205, 206, 300, 304, 400, 401, 403, 404, 410, 500, 502, 504])(
  'B13, B15: status %i is refused by name',
  async (status) => {
    const server = await startFixedServer(httpResponse(status, status === 204 || status === 304 ? '' : csv));
    expect(await refusedBy(server, 'HTTP_STATUS')).toContain(String(status));
    expect(server.connections()).toBe(1);
  },
);

test('B13: a redirect that names no address is refused', async () => {
  await refusedBy(await startFixedServer(httpResponse(302, csv)), 'HTTP_STATUS');
});

test('B13: an upgrade to another protocol is refused', async () => {
  const response = 'HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\nrows';
  await refusedBy(await startFixedServer(Buffer.from(response)), 'HTTP_STATUS');
});

test.each([
  ['429', 'Retry-After', '0'],
  ['503', 'Retry-After', '-1'],
  ['503', 'Retry-After', 'garbage'],
  ['503', 'X-Other', ''],
])('B14: status %s with %s: %s is asked again, at most twice', async (status, header, value) => {
  const server = await startFixedServer(httpResponse(Number(status), '', { [header]: value }));
  await refusedBy(server, 'SERVER_BUSY', { limits: { retryDelayMs: 5 } });
  expect(server.connections()).toBe(3);
});

test('B14: a busy server is not asked again before the time that it gives', async () => {
  const askedAt: number[] = [];
  const server = await startLoopbackServer((socket, _head, number) => {
    askedAt.push(performance.now());
    socket.end(number === 1 ? httpResponse(429, '', { 'Retry-After': '1' }) : httpResponse(200, csv));
  });
  const { content } = await fetchFrom(server, '/', { limits: { retryDelayMs: 5 } });
  expect(content).toBe(csv);
  expect((askedAt[1] ?? 0) - (askedAt[0] ?? 0)).toBeGreaterThan(990);
});

test.each([['999999999'], ['121'], ['Fri, 01 Jan 2049 00:00:00 GMT']])(
  'B14: Retry-After: %s parks no worker',
  async (retryAfter) => {
    const server = await startFixedServer(httpResponse(503, '', { 'Retry-After': retryAfter }));
    await refusedBy(server, 'SERVER_BUSY');
    expect(server.connections()).toBe(1);
  },
);

test('B14: a wait that would outlast the total time is not begun', async () => {
  const server = await startFixedServer(httpResponse(503, '', { 'Retry-After': '60' }));
  await refusedBy(server, 'SERVER_BUSY', { limits: { totalMs: 5000 } });
});

test.each([['"v1"'], ['W/"v1"'], ['v1']])('B15: 304 to a request with etag %s is no change', async (etag) => {
  const server = await startFixedServer(httpResponse(304));
  const { fetched } = await fetchFrom(server, '/', { etag });
  expect(fetched).toEqual({ kind: 'notModified' });
  expect(server.requests[0]).toContain(`If-None-Match: ${etag}\r\n`);
});

test('B15: an etag that could break out of its header is not sent, so a 304 is refused', async () => {
  const server = await startFixedServer(httpResponse(304));
  await refusedBy(server, 'HTTP_STATUS', { etag: '"v1"\r\nX-Evil: 1' });
  expect(server.requests[0]).not.toMatch(/if-none-match|evil/i);
});

test('B16: a login page is refused whatever its type says', async () => {
  const page = '\n<!doctype html><title>Login</title>';
  await refusedBy(await startFixedServer(httpResponse(200, page, { 'Content-Type': 'text/csv' })), 'IS_HTML');
});

test.each([
  ['nothing', ''],
  ['a mark', '\ufeff'],
  ['blanks', ' \r\n\r\n'],
  ['packed nothing', gzipSync('')],
])('B17: a body of %s is refused as empty', async (_kind, body) => {
  await refusedBy(await startFixedServer(httpResponse(200, body)), 'EMPTY');
});

test.each([
  ['a body shorter than announced', httpResponse(200, csv, { 'Content-Length': String(csv.length + 1) })],
  ['a body without its first byte', httpResponse(200, '', { 'Content-Length': '10' })],
  [
    'a chunked body without last chunk',
    `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nid,ti\r\n`,
  ],
  ['a chunked body cut in a chunk', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nid,ti`],
  ['a packed body that is cut', httpResponse(200, gzipSync(csv).subarray(0, -20))],
  [
    'a packed body that is cut, until the end of the connection',
    Buffer.concat([Buffer.from(ok), gzipSync(csv).subarray(0, -20)]),
  ],
])('B19: %s is refused as truncated', async (_kind, response) => {
  await refusedBy(await startFixedServer(Buffer.from(response)), 'TRUNCATED');
});

test.each([
  ['a length', httpResponse(200, csv, { 'Content-Length': '999999' })],
  ['no length', Buffer.from(ok + csv)],
])(
  'B19: a connection that is reset in the middle of a body with %s is refused as truncated',
  async (_kind, sent) => {
    const server = await startLoopbackServer((socket) => socket.write(sent));
    const onProgress = () => server.reset();
    await refusedBy(server, 'TRUNCATED', { onProgress });
  },
);

test.each([
  ['garbage', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ['two lengths', `HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nid`],
  [
    'a length and chunks',
    `HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nid\r\n0\r\n\r\n`,
  ],
  ['a header without colon', 'HTTP/1.1 200 OK\r\nno header\r\n\r\nid'],
  ['a chunk of no size', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nid,ti\r\nzz\r\n`],
])('B19: an answer with %s is refused as unreadable', async (_kind, response) => {
  await refusedBy(await startFixedServer(Buffer.from(response)), 'HTTP_PROTOCOL');
});

test('a server that closes without an answer, or is not there, does not answer', async () => {
  await refusedBy(await startLoopbackServer((socket) => socket.destroy()), 'CONNECTION_FAILED');
  await expectRefusal('http://127.0.0.1:1/', 'CONNECTION_FAILED', { allowed: '127.0.0.1:1' });
});

test.each([
  ['plain text that claims gzip', csv, 'gzip', '/feed.csv'],
  ['gzip without the header', gzipSync(csv), '', '/feed.csv'],
  ['gzip by name', gzipSync(csv), 'identity', '/feed.csv.gz'],
  ['gzip of gzip', gzipSync(gzipSync(csv)), 'gzip, gzip', '/feed.csv.gz'],
  ['x-gzip', gzipSync(csv), 'X-Gzip', '/feed.csv'],
  ['brotli', brotliCompressSync(csv), 'br', '/feed.csv'],
  ['brotli by name', brotliCompressSync(csv), '', '/feed.csv.br'],
])('B23: %s is read', async (_kind, body, encoding, path) => {
  const headers: Record<string, string> = encoding === '' ? {} : { 'Content-Encoding': encoding };
  const { fetched, content } = await fetchFrom(
    await startFixedServer(httpResponse(200, body, headers)),
    path,
  );
  expect(content).toBe(csv);
  expect(fetched).toMatchObject({ bytes: csv.length, sha256 });
});

test('B23: a packing that cannot be unpacked is refused by name', async () => {
  const response = httpResponse(200, Buffer.alloc(900, 0x81), { 'Content-Encoding': 'exi' });
  expect(await refusedBy(await startFixedServer(response), 'COMPRESSION_UNKNOWN')).toContain('"exi"');
});

test.each([
  ['a ZIP archive', 'PK\x03\x04feed.csv\x14\0'],
  ['a PDF document', '%PDF-1.7\n'],
  ['a PNG image', '\x89PNG\r\n\x1a\n'],
])('B24: %s delivered as feed.csv is refused by name', async (kind, start) => {
  const server = await startFixedServer(
    httpResponse(200, Buffer.from(start, 'latin1'), { 'Content-Type': 'text/csv' }),
  );
  expect(await refusedBy(server, 'NOT_TEXT')).toContain(kind);
});

test.each([
  ['50,000 headers', 'X-A: b\r\n'.repeat(50_000)],
  ['a header of 1 MB', `X-A: ${'b'.repeat(1e6)}\r\n`],
  ['a flood of cookies', `Set-Cookie: a=${'b'.repeat(1000)}\r\n`.repeat(100)],
])('B26: an answer with %s is refused', async (_kind, lines) => {
  await refusedBy(await startFixedServer(Buffer.from(`HTTP/1.1 200 OK\r\n${lines}\r\nid`)), 'HTTP_PROTOCOL');
});

test('B26: a flood of trailers is refused', async () => {
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nid,ti\r\n0\r\n';
  await refusedBy(
    await startFixedServer(Buffer.from(`${head}${'X-A: b\r\n'.repeat(50_000)}\r\n`)),
    'HTTP_PROTOCOL',
  );
});
