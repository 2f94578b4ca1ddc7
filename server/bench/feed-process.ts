import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';

/**
 * A marketplace's server: the feeds of a folder, each with an etag until it is told to `forget` them. A process of
 * its own, since the real one runs on another machine: in the bench's, it would wait for what the bench does.
 */
const [folder = ''] = process.argv.slice(2);
let knowsEtags = true;

const server = createServer((request, response) => {
  const name = basename(new URL(request.url ?? '/', 'http://localhost').pathname);
  const etag = `"${name}"`;
  response.setHeader('content-type', 'text/csv');
  if (knowsEtags) response.setHeader('etag', etag);
  if (knowsEtags && request.headers['if-none-match'] === etag) return response.writeHead(304).end();
  return createReadStream(join(folder, name), { highWaterMark: 1 << 20 }).pipe(response);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on('message', (message) => {
  if (message === 'forget') knowsEtags = false;
  else process.disconnect();
});
// Also when the bench has ended without a word.
process.on('disconnect', () => process.exit());
