// @module-tag http
import { createServer, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { createMetrics } from '../platform/metrics.ts';
import { createMetricsAnswer } from './metrics.ts';

const token = 'a-token-of-some-length';

/** Asks from an address of this machine, or as a socket would say it of another one. */
async function ask(
  setting: string | null,
  headers: Readonly<Record<string, string>> = {},
  { from, method = 'GET' }: { readonly from?: string; readonly method?: string } = {},
) {
  const answer = createMetricsAnswer({ metrics: createMetrics({ db: () => null }), token: setting });
  const server = createServer((request, response) => {
    if (from !== undefined) Object.defineProperty(request.socket, 'remoteAddress', { value: from });
    void answer(request, response);
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const asked = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', headers, method });
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

test('this machine gets all figures, in the form that Prometheus reads', async () => {
  const { status, headers, body } = await ask(null);
  expect([status, headers['content-type'], headers['cache-control']]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
    'no-store',
  ]);
  expect(body).toMatch(/^marketplace_database_up 0$/m);
  expect(body).toMatch(/^marketplace_nodejs_eventloop_lag_p99_seconds /m);
});

test('HEAD has the headers and no body', async () => {
  const { status, headers, body } = await ask(null, {}, { method: 'HEAD' });
  expect([status, Number(headers['content-length']) > 1_000, body]).toEqual([200, true, '']);
});

test.each([
  ['127.0.0.1', 200],
  ['::1', 200],
  ['10.1.2.3', 200],
  ['172.16.0.1', 200],
  ['192.168.1.1', 200],
  ['::ffff:192.168.1.1', 200],
  ['fd00::1', 200],
  ['fe80::1%eth0', 200],
  ['8.8.8.8', 403],
  ['::ffff:8.8.8.8', 403],
  ['2001:4860:4860::8888', 403],
  ['172.32.0.1', 403],
  ['', 403],
])('without a token %s is answered with %d', async (from, status) => {
  expect((await ask(null, {}, { from })).status).toBe(status);
});

test.each(['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])(
  'without a token nobody is answered through a proxy that sends %s',
  async (name) => {
    const { status, body } = await ask(null, { [name]: '127.0.0.1' });
    expect([status, JSON.parse(body)]).toMatchObject([403, { error: { code: 'FORBIDDEN' } }]);
  },
);

test.each([
  [`Bearer ${token}`, 200],
  [`bearer  ${token} `, 200],
  [`Bearer ${token}x`, 401],
  [`Bearer`, 401],
  [`Basic ${token}`, 401],
  [token, 401],
])('with a token "%s" is answered with %d, from wherever', async (authorization, status) => {
  const answer = await ask(token, { authorization, 'x-forwarded-for': '8.8.8.8' }, { from: '8.8.8.8' });
  expect(answer.status).toBe(status);
  expect(answer.headers['www-authenticate']).toBe(status === 401 ? 'Bearer realm="metrics"' : undefined);
});

test('with a token this machine needs it as well', async () => {
  expect((await ask(token)).status).toBe(401);
});
