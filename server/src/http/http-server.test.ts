// @module-tag http
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openHttpServer, type UpgradeListener } from './http-server.ts';
import { refuseUpgrade } from './websocket.ts';

/** A server, and a client that asks it for another protocol and never ends its side of the connection. */
async function open(upgrade: UpgradeListener, target = '/') {
  const server = await openHttpServer({ host: '127.0.0.1', port: 0 }, () => undefined, upgrade);
  const client = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => void client.destroy());
  client.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`);
  return { server, client };
}

test('whoever is refused another protocol hears why, and is not kept', async () => {
  const { server, client } = await open((_request, socket) => refuseUpgrade(socket, '404 Not Found'));
  expect(await text(client)).toContain('404 Not Found');
  const began = performance.now();
  await server.close();
  expect(performance.now() - began).toBeLessThan(2_000);
});

test('what speaks another protocol and does not end is broken off', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const upgraded = Promise.withResolvers<void>();
  const { server } = await open(() => upgraded.resolve());
  await upgraded.promise;
  const closed = server.close();
  vi.advanceTimersByTime(5_000);
  await closed;
});

test('whoever offers another protocol that is not spoken here is answered in the one they came with', async () => {
  const server = await openHttpServer(
    { host: '127.0.0.1', port: 0 },
    (_request, response) => void response.end('an answer'),
    (_request, socket) => refuseUpgrade(socket, '404 Not Found'),
  );
  onTestFinished(() => server.close());
  const client = connect({ port: server.port, host: '127.0.0.1' });
  const offer = 'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA';
  client.write(`GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings, close\r\n${offer}\r\n\r\n`);
  expect(await text(client)).toMatch(/^HTTP\/1\.1 200 OK[^]*an answer/);
});

test.each([
  ['/a?b=/c', 'here.test /a?b=/c'],
  ['http://there.test:4000/a?b=/c', 'there.test:4000 /a?b=/c'],
  ['HTTPS://there.test?b', 'there.test /?b'],
  ['http://there.test', 'there.test /'],
  ['http:///a', 'here.test http:///a'],
])('whoever asks for %s asks for %s', async (target, expected) => {
  const server = await openHttpServer(
    { host: '127.0.0.1', port: 0 },
    ({ headers, url }, response) => void response.end(`${headers.host} ${url}`),
  );
  onTestFinished(() => server.close());
  const client = connect({ port: server.port, host: '127.0.0.1' });
  client.write(`GET ${target} HTTP/1.1\r\nHost: here.test\r\nConnection: close\r\n\r\n`);
  expect((await text(client)).split('\r\n\r\n')[1]).toContain(expected);
});

test('also for another protocol', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const listener: UpgradeListener = ({ headers, url }, socket) => {
    socket.destroy();
    resolve(`${headers.host} ${url}`);
  };
  const { server } = await open(listener, 'http://there.test/graphql');
  onTestFinished(() => server.close());
  expect(await promise).toBe('there.test /graphql');
});
