// @module-tag http
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, get, request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { until } from '../../test/until.ts';
import { createLog, type Log, type LogRecord } from '../platform/log.ts';
import { createHealth, type LifePhase } from './health.ts';
import { openHttpServer, type HttpServer } from './http-server.ts';
import { servePages } from './pages.ts';
import { createRequestListener, type Site } from './request-listener.ts';

interface SiteValues {
  readonly phase?: LifePhase;
  readonly pingDatabase?: () => Promise<unknown>;
  readonly pages?: string;
  readonly metrics?: Site['metrics'];
  readonly log?: Log;
  readonly loopback?: boolean;
}

const feed = {
  contentType: 'text/csv; charset=windows-1252',
  etag: '"one"',
  read: () => [Buffer.from('id,'), Buffer.from('title\n')],
};

async function openSite({
  phase = 'ready',
  pingDatabase = async () => 1,
  pages = '/nowhere',
  metrics = async (_request, response) => void response.end('figures'),
  log = createLog('silent'),
  loopback = true,
}: SiteValues = {}) {
  const server = await openHttpServer(
    { host: '127.0.0.1', port: 0 },
    createRequestListener({
      loopback,
      health: createHealth({ version: '1.2.3', phase: () => phase, pingDatabase }),
      findFeed: (name) => (name === 'demo.csv' ? feed : null),
      pages: servePages(pages),
      api: () => null,
      metrics,
      log,
    }),
  );
  onTestFinished(() => server.close());
  return server;
}

const ask = ({ port }: HttpServer, path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${port}${path}`, init);

test('health answers with 200 as long as the process lives', async () => {
  const response = await ask(await openSite(), '/health');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    status: 'ok',
    version: '1.2.3',
    uptimeSeconds: expect.any(Number) as number,
    phase: 'ready',
    database: 'up',
  });
});

test('a database that hangs is called down within seconds, and asked once however many want to know', async () => {
  let asked = 0;
  const server = await openSite({ pingDatabase: () => (asked++, new Promise(() => undefined)) });
  const began = performance.now();
  const [health, ready] = await Promise.all([ask(server, '/health'), ask(server, '/ready')]);
  expect(performance.now() - began).toBeLessThan(4_000);
  expect([health.status, ready.status, asked]).toEqual([200, 503, 1]);
  expect(await health.json()).toMatchObject({ status: 'ok', database: 'down' });
});

test.each([
  ['ready', 200],
  ['starting', 503],
  ['stopping', 503],
] as const)('while it is %s, ready answers with %d', async (phase, status) => {
  expect((await ask(await openSite({ phase }), '/ready')).status).toBe(status);
});

test('a demo feed comes with its encoding and a tag, by which the next request is answered', async () => {
  const server = await openSite();
  const first = await ask(server, '/demo/feeds/demo.csv?x=1');
  expect([first.status, await first.text()]).toEqual([200, 'id,title\n']);
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'content-type': feed.contentType,
    etag: '"one"',
  });
  const status = async (tag: string) =>
    (await ask(server, '/demo/feeds/demo.csv', { headers: { 'If-None-Match': tag } })).status;
  expect(await Promise.all(['"one"', 'W/"one"', '"two", "one"', '*', '"two"'].map(status))).toEqual([
    304, 304, 304, 304, 200,
  ]);
});

test('HEAD has the headers and no body', async () => {
  const response = await ask(await openSite(), '/demo/feeds/demo.csv', { method: 'HEAD' });
  expect([response.status, response.headers.get('etag'), await response.text()]).toEqual([200, '"one"', '']);
});

test.each([
  '/demo/feeds/other.csv',
  '/demo/feeds/..%2fsecret',
  '/api/x',
  '/graphql',
  '/healthy.js',
  '/.well-known/x',
  '//evil.example/',
])('%s is not found, as JSON', async (path) => {
  const response = await ask(await openSite(), path);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused, with what is allowed', async (method) => {
  const response = await ask(await openSite(), '/health', { method });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});

test('a request is found in the log by the id that its answer has', async () => {
  const records: LogRecord[] = [];
  const log = createLog('silent', { store: (record) => records.push(record), storeLevel: 'debug' });
  const server = await openSite({ log, metrics: () => Promise.reject(new Error('broken')) });
  const requestId = (await ask(server, '/metrics')).headers.get('x-request-id');
  await until(() => records.length === 2, 'the end of the request');
  expect(records).toMatchObject([
    { message: 'request failed: broken', requestId },
    { message: 'request', requestId },
  ]);
});

const policy = "default-src 'self'";

async function buildPages(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pages-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, '_app/immutable'), { recursive: true });
  await writeFile(
    join(folder, 'index.html'),
    `<meta http-equiv="content-security-policy" content="${policy}">`,
  );
  await writeFile(join(folder, '_app/immutable/start.js'), 'export {}');
  await writeFile(join(folder, '.stamp'), 'secret');
  const preloads = { '/users/[id]': ['/user.js'], '/users/new': ['/new.js', '/form.js'], '/': [] };
  await writeFile(join(folder, '.preloads.json'), JSON.stringify(preloads));
  return folder;
}

test.each([
  ['/', '*/*', 200, 'no-cache'],
  ['/store/one', 'text/html', 200, 'no-cache'],
  ['/store/one?tab=2', '*/*', 200, 'no-cache'],
  ['/store/one.two', 'text/html,*/*', 200, 'no-cache'],
  ['/_app/immutable/start.js', '*/*', 200, 'public, max-age=31536000, immutable'],
  ['/_app/immutable/gone.js', 'text/html', 404, 'no-store'],
  ['/gone.js', '*/*', 404, 'no-store'],
  ['/picture', 'image/png', 404, 'no-store'],
  ['/.stamp', '*/*', 404, 'no-store'],
  ['/%2e%2e/%2e%2e/etc/passwd.txt', '*/*', 404, 'no-store'],
  ['/%E0%A4%A', 'text/html', 200, 'no-cache'],
])('%s for %s is answered with %d', async (path, accept, status, cache) => {
  const response = await ask(await openSite({ pages: await buildPages() }), path, { headers: { accept } });
  expect([response.status, response.headers.get('cache-control')]).toEqual([status, cache]);
});

test('every answer has the headers that keep browsers from guessing, framing and telling', async () => {
  const server = await openSite({ pages: await buildPages() });
  for (const path of ['/', '/health', '/gone.js', '/demo/feeds/demo.csv']) {
    expect(Object.fromEntries((await ask(server, path)).headers), path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'") as string,
      'referrer-policy': 'same-origin',
    });
  }
});

test('a page has the policy of its build in a header, and what is no page may show nothing', async () => {
  const server = await openSite({ pages: await buildPages() });
  const policyOf = async (path: string) => (await ask(server, path)).headers.get('content-security-policy');
  expect(await policyOf('/store/one')).toBe("default-src 'self'; frame-ancestors 'none'");
  expect(await policyOf('/health')).toBe("default-src 'none'; frame-ancestors 'none'");
});

test.each([
  ['/users/7?tab=2', '</user.js>; rel="modulepreload"'],
  ['/users/new', '</new.js>; rel="modulepreload", </form.js>; rel="modulepreload"'],
  ['/users/7/more', null],
  ['/', null],
  ['/health', null],
  ['/gone.js', null],
])('%s says which scripts the page needs besides its own: %s', async (path, links) => {
  const response = await ask(await openSite({ pages: await buildPages() }), path);
  expect(response.headers.get('link')).toBe(links);
});

test('a page that the browser has already keeps its policy', async () => {
  const server = await openSite({ pages: await buildPages() });
  const first = await ask(server, '/store/one');
  const etag = first.headers.get('etag') ?? '';
  const again = await ask(server, '/store/one', { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
  expect(again.headers.get('content-security-policy')).toBe(first.headers.get('content-security-policy'));
});

/** The status for a request that names the server so, which `fetch` does not let one choose. */
async function statusFor({ port }: HttpServer, host: string): Promise<number | undefined> {
  const asked = get({ port, host: '127.0.0.1', path: '/health', headers: { host } });
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

test.each(['localhost', 'shop.localhost:4000', '127.0.0.1:80', '[::1]:4000'])(
  'a server that only this machine can reach answers to %s',
  async (host) => {
    expect(await statusFor(await openSite(), host)).toBe(200);
  },
);

test.each(['rebound.example', 'localhost.example:4000', '127.0.0.1.example', '192.168.1.4'])(
  'but not to a name that merely leads here: "%s"',
  async (host) => {
    expect(await statusFor(await openSite(), host)).toBe(421);
    expect(await statusFor(await openSite({ loopback: false }), host)).toBe(200);
  },
);

test('to close lets an answer under way finish, and ends connections that are kept alive', async () => {
  const gate = Promise.withResolvers<void>();
  const server = await openHttpServer({ host: '127.0.0.1', port: 0 }, (_request, response) => {
    response.write('first ');
    void gate.promise.then(() => response.end('last'));
  });
  const agent = new Agent({ keepAlive: true });
  const asked = get({ port: server.port, host: '127.0.0.1', agent });
  const [response] = (await once(asked, 'response')) as [AsyncIterable<Buffer>];
  const closed = server.close();
  gate.resolve();
  let text = '';
  for await (const chunk of response) text += chunk.toString();
  expect(text).toBe('first last');
  const began = performance.now();
  await closed;
  expect(performance.now() - began).toBeLessThan(2_000);
  const late = request({ port: server.port, host: '127.0.0.1' }).end();
  await expect(once(late, 'response')).rejects.toThrow('ECONNREFUSED');
});

test('a port that is taken is said in a sentence, and when a server of ours has it', async () => {
  const other = await openHttpServer(
    { host: '127.0.0.1', port: 0 },
    (_request, response) => void response.end(),
  );
  onTestFinished(() => other.close());
  const open = ({ port }: { readonly port: number }) =>
    openHttpServer({ host: '127.0.0.1', port }, () => undefined);
  await expect(open(other)).rejects.toThrow(`Port ${other.port} of 127.0.0.1 is taken`);
  const { port } = await openSite();
  await expect(open({ port })).rejects.toThrow(`This server runs already: http://127.0.0.1:${port}`);
});
