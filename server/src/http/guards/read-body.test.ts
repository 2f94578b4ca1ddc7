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

const most = 'x'.repeat(limit);
const stays = { ending: false };
const ends = { ending: true };

test.each([
  ['a whole body', 'Content-Length: 5\r\n\r\nhello', stays, 'hello'],
  ['an empty one', 'Content-Length: 0\r\n\r\n', stays, ''],
  ['one in parts', 'Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n', stays, 'hello'],
  ['as much as may come', `Content-Length: 20\r\n\r\n${most}`, stays, most],
  ['one that says it is too large', 'Content-Length: 21\r\n\r\n', stays, 'BODY_TOO_LARGE'],
  ['one that becomes so', `Transfer-Encoding: chunked\r\n\r\n15\r\n${most}x`, stays, 'BODY_TOO_LARGE'],
  ['one that breaks off', 'Content-Length: 10\r\n\r\nhello', ends, 'BODY_CUT_OFF'],
  ['one in parts that does', 'Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n', ends, 'BODY_CUT_OFF'],
])('%s', async (_what, request, connection, outcome) => {
  expect(await read(request, connection)).toBe(outcome);
});
