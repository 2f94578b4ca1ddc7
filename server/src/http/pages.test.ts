// @module-tag http
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { until } from '../../test/until.ts';
import { openHttpServer } from './http-server.ts';
import { servePages } from './pages.ts';
import { refuseUpgrade } from './websocket.ts';

/** More than a connection holds while nobody reads. */
const size = 20_000_000;

/** Pages with one large file, and what has been opened of it. */
async function open() {
  const folder = await mkdtemp(join(tmpdir(), 'pages-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'index.html'), 'page');
  await writeFile(join(folder, 'large.js'), Buffer.alloc(size));
  const pages = servePages(folder);
  const files: Readable[] = [];
  const server = await openHttpServer(
    { host: '127.0.0.1', port: 0 },
    (request, response) => {
      response.once('pipe', (file: Readable) => files.push(file));
      pages(request, response, () => response.end());
    },
    (_request, socket) => refuseUpgrade(socket, '404 Not Found'),
  );
  onTestFinished(() => server.close());
  const ask = (path: string, headers = {}) => fetch(`http://127.0.0.1:${server.port}${path}`, { headers });
  return { port: server.port, ask, files, large: join(folder, 'large.js') };
}

const get = (more = '') => `GET /large.js HTTP/1.1\r\nHost: x\r\n${more}\r\n`;

test.each([
  ['one', 1, get()],
  ['several at once', 20, get().repeat(20)],
  ['some and another protocol', 3, get().repeat(3) + get('Upgrade: websocket\r\nConnection: Upgrade\r\n')],
])('a client that asks for %s leaves no file open', async (_what, count, text) => {
  const { port, files } = await open();
  const client = connect(port, '127.0.0.1');
  client.write(text);
  await once(client, 'readable');
  client.destroy();
  expect(files).toHaveLength(count);
  await until(() => files.every(({ closed }) => closed), 'the last file to be closed');
});

test('a file that has gone since the start breaks off its answer and nothing else', async () => {
  const { ask, large } = await open();
  await rm(large);
  await expect(ask('/large.js')).rejects.toThrow('fetch failed');
  expect(await (await ask('/')).text()).toBe('page');
});

test.each(['bytes=10-5', 'bytes=-100', 'bytes=0-3', `bytes=${size}-`])(
  'whoever asks for %s of a file gets all of it',
  async (range) => {
    const { ask } = await open();
    const response = await ask('/large.js', { range });
    expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, size]);
  },
);
