import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { accessSync, constants } from 'node:fs';
import { freePort } from './free-port.ts';

/** A Redis server of its own, which keeps nothing. */
export interface RedisServer {
  readonly url: string;
  /** Ends it at once, as a crash does. */
  stop(): Promise<void>;
  /** At the same address. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const program = 'redis-server';

/** True when the machine has the program. */
export function hasRedis(): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A server that is up, on a free port of this machine. */
export async function openRedisServer(): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = await freePort();
  let child: ChildProcess | null = null;
  const server: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const settings = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no' };
      const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
      const started = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
      child = started;
      await ready(started);
    },
    async stop() {
      const ending = child;
      child = null;
      if (!ending || ending.exitCode !== null) return;
      ending.kill('SIGKILL');
      await once(ending, 'exit');
    },
    async close() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

/** Resolves when it says that it takes connections; rejects with what it said when it ends. */
function ready(child: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((settle, fail) => {
    child.once('error', fail);
    child.once('exit', () => fail(new Error(`${program} has ended:\n${said}`)));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (/ready to accept connections/i.test(said)) settle();
    });
  });
}
