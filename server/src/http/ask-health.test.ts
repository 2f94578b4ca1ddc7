// @module-tag http
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { isOurs } from './ask-health.ts';
import { createHealth } from './health.ts';
import { openHttpServer } from './http-server.ts';

/** The port of a server that answers everything with this. */
async function serve(answer: () => Promise<string>): Promise<number> {
  const server = createServer((_request, response) => void answer().then((text) => response.end(text)));
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const health = createHealth({ version: '1.2.3', phase: () => 'starting', pingDatabase: async () => 1 });
const ours = async () => JSON.stringify(await health());
const open = (port: number) => openHttpServer({ host: '127.0.0.1', port }, () => undefined);

test('a server of this program is known by its health, also while it starts', async () => {
  expect(await isOurs(`http://127.0.0.1:${await serve(ours)}`)).toBe(true);
});

test.each(['{"status":"ok"}', 'hello'])('a server that answers %s is another', async (answer) => {
  expect(await isOurs(`http://127.0.0.1:${await serve(async () => answer)}`)).toBe(false);
});

test('where nobody listens there is no server', async () => {
  const server = await open(0);
  await server.close();
  expect(await isOurs(`http://127.0.0.1:${server.port}`)).toBe(false);
});

test('who has a port that is taken is told: this program', async () => {
  const port = await serve(ours);
  await expect(open(port)).rejects.toThrow(`This server runs already: http://127.0.0.1:${port}`);
});

test('who has a port that is taken is told: another program', async () => {
  const port = await serve(async () => 'hello');
  await expect(open(port)).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken: another program has it`);
});
