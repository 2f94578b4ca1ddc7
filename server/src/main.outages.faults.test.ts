// @module-tag cli
// @module-tag faults
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { endProgramsAfterTests, startProgram, temporaryFolder } from '../test/programs.ts';

/** What a server does while something that it uses is away. */

const env = { DATA_DIR: join(temporaryFolder(), '.data'), PORT: '0', DEMO: 'off' };
const postmasterFile = join(env.DATA_DIR, 'postgres/postmaster.pid');

endProgramsAfterTests();

test('without its Redis it serves all the same', async () => {
  const server = startProgram('main.ts', { env: { ...env, REDIS_URL: 'redis://127.0.0.1:1' } });
  const [, origin = ''] = await server.says(/Ready: (.*)/);
  const answer = await fetch(`${origin}/graphql?query={viewer{id}}`);
  expect(await answer.json()).toEqual({ data: { viewer: null } });
  expect(await (await fetch(`${origin}/health`)).json()).toMatchObject({ database: 'up', events: 'down' });
  server.signal('SIGTERM');
  expect((await server.ended).status).toBe(0);
});

test('a start that waits for a database without an answer is ended by the first signal', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void silent.close());
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const databaseUrl = `postgresql://app@127.0.0.1:${port}/shop`;
  const server = startProgram('main.ts', { env: { ...env, DATABASE_URL: databaseUrl } });
  await once(silent, 'connection');
  server.signal('SIGTERM');
  expect((await server.ended).status).toBe(0);
});

test.runIf(existsSync('/dev/full'))('a full disk under its log ends nothing', async () => {
  await using full = await open('/dev/full', 'w');
  const server = startProgram('main.ts', { env: { ...env, LOG_LEVEL: 'trace' }, stderr: full.fd });
  const [, origin = ''] = await server.says(/Ready: (.*)/);
  expect((await fetch(`${origin}/ready`)).status).toBe(200);
  server.signal('SIGTERM');
  expect((await server.ended).status).toBe(0);
  expect(existsSync(postmasterFile)).toBe(false);
});

test('when its PostgreSQL dies it says so and ends, and the next start is as any other', async () => {
  const server = startProgram('main.ts', { env });
  await server.says(/Ctrl-C stops it/);
  const [pid] = (await readFile(postmasterFile, 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGKILL');
  const { status, stderr } = await server.ended;
  expect(status).toBe(1);
  expect(stderr).toContain('has ended, and nobody asked it to.');
  const next = startProgram('main.ts', { env });
  await next.says(/Ready/);
  next.signal('SIGTERM');
  expect((await next.ended).status).toBe(0);
});
