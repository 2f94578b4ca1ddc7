// @module-tag http
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { BodyError, readBody } from './read-body.ts';

const limit = 20;

/** What comes of the body of the request, sent as it is over a connection that then ends or stays open. */
async function read(request: string, { ending }: { readonly ending: boolean }): Promise<string> {
  const server: Server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined);
  socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\n${request}`);
  const [incoming] = (await once(server, 'request')) as [IncomingMessage];
  const body = readBody(incoming, limit);
  if (ending) socket.destroy();
  return body.then(
    (bytes) => bytes.toString(),
    (error: unknown) => (error instanceof BodyError ? error.code : String(error)),
  );
}

test.each([
  ['a whole body', 'Content-Length: 5\r\n\r\nhello', false, 'hello'],
  ['an empty one', 'Content-Length: 0\r\n\r\n', false, ''],
  ['one in parts', 'Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n', false, 'hello'],
  [
    'one of exactly as much as may come',
    `Content-Length: 20\r\n\r\n${'x'.repeat(20)}`,
    false,
    'x'.repeat(20),
  ],
  ['one that says it is too large', 'Content-Length: 21\r\n\r\n', false, 'BODY_TOO_LARGE'],
  [
    'one that becomes too large',
    `Transfer-Encoding: chunked\r\n\r\n15\r\n${'x'.repeat(21)}`,
    false,
    'BODY_TOO_LARGE',
  ],
  ['one that breaks off', 'Content-Length: 10\r\n\r\nhello', true, 'BODY_CUT_OFF'],
  [
    'one that breaks off between parts',
    'Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n',
    true,
    'BODY_CUT_OFF',
  ],
])('%s', async (_what, request, ending, outcome) => {
  expect(await read(request, { ending })).toBe(outcome);
});
