// @module-tag http
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { createErrorDownload, type Download } from './error-download.ts';

/** The origin of a server with these downloads, by their tokens. */
async function serve(downloads: Readonly<Record<string, Download>>): Promise<string> {
  const answer = createErrorDownload({
    open: async (token) => downloads[token] ?? { kind: 'forged' },
  });
  const listener: RequestListener = (request, response) => void answer(request, response);
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/import-errors/`;
}

const fileOf = (chunks: AsyncIterable<string>): Download => ({
  kind: 'file',
  file: { fileName: 'import-errors-velo.csv', chunks },
});

async function* pieces(...texts: string[]): AsyncGenerator<string> {
  yield* texts;
}

test('a link gives the file under its name, from no cache', async () => {
  const url = await serve({ good: fileOf(pieces('\uFEFFrow\r\n', 'é\r\n')) });
  const response = await fetch(`${url}good.csv?x=1`);
  expect([response.status, Object.fromEntries(response.headers)]).toEqual([
    200,
    expect.objectContaining({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="import-errors-velo.csv"',
      'cache-control': 'no-store',
    }),
  ]);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.toString('utf8')).toBe('\uFEFFrow\r\né\r\n');
});

test.each([
  ['nonsense', 403, 'LINK_FORGED'],
  ['old', 410, 'LINK_EXPIRED'],
  ['gone', 404, 'NOT_FOUND'],
  ['', 403, 'LINK_FORGED'],
  ['..%2f..%2fetc', 403, 'LINK_FORGED'],
])('the link %j is answered with %i', async (token, status, code) => {
  const url = await serve({ old: { kind: 'expired' }, gone: { kind: 'missing' } });
  const response = await fetch(`${url}${token}.csv`);
  expect([response.status, await response.json()]).toEqual([
    status,
    { error: { code, message: expect.any(String) } },
  ]);
});

test('HEAD gives no body, and nothing but reading is possible', async () => {
  const url = await serve({ good: fileOf(pieces('row\r\n')) });
  const head = await fetch(`${url}good.csv`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect((await fetch(`${url}good.csv`, { method: 'POST' })).status).toBe(405);
});

test('a file is read no faster than it is taken, and no further when the client leaves', async () => {
  const ended = Promise.withResolvers<undefined>();
  let read = 0;
  const endless = async function* () {
    try {
      for (;;) {
        read++;
        yield 'x'.repeat(1 << 20);
      }
    } finally {
      ended.resolve(undefined);
    }
  };
  const url = await serve({ good: fileOf(endless()) });
  const leaving = new AbortController();
  const response = await fetch(`${url}good.csv`, { signal: leaving.signal });
  const reader = response.body?.getReader();
  await reader?.read();
  // Nobody takes more: what was read lies in buffers, and they are full.
  await expect.poll(() => read).toBeGreaterThan(1);
  leaving.abort();
  await ended.promise;
  expect(read).toBeLessThan(100);
});
