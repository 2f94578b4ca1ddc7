import { readFile, rename } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { clusterFailure } from './cluster.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { runProgram } from './run-program.ts';
import type { SystemUser } from './system-user.ts';

export const host = '127.0.0.1';

/** Settings of the server, by their names in postgresql.conf. Values hold no blank and no quote. */
export type ServerSettings = Readonly<Record<string, string>>;

/** Given at each start and not written into the cluster, so that an upgrade brings its own. */
const settings: ServerSettings = {
  listen_addresses: host,
  unix_socket_directories: '',
  shared_buffers: '256MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** A recovery after a crash may read gigabytes; to stop writes them. */
export const patienceSeconds = 600;
const maxStarts = 3;

const freePort = () =>
  new Promise<number>((settle, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => settle(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Between looking and binding another program may take the port; a killed server's memory takes a moment to go. */
const isPassing = (output: string) => /could not bind|still in use|lock file .* already exists/i.test(output);

async function tryStart(
  cluster: string,
  port: number,
  { pgCtl }: Binaries,
  user: SystemUser | null,
  own: ServerSettings,
) {
  const options = Object.entries({ ...settings, ...own, port: String(port) });
  const log = join(cluster, 'server.log');
  // One run a file, and the run before: a log that nobody reads must not grow for ever.
  await rename(log, `${log}.old`).catch(() => null);
  const flags = options.map(([name, value]) => `-c ${name}=${value}`).join(' ');
  const start = ['start', '--wait', `--timeout=${patienceSeconds}`, `--pgdata=${cluster}`, `--log=${log}`];
  const { status, output } = await runProgram(pgCtl, [...start, `--options=${flags}`], user);
  if (status === 0) return { ok: true } as const;
  const said = await readFile(log, 'utf8').catch(() => '');
  return { ok: false, output: said.slice(-2000) || output } as const;
}

/** Starts the cluster's server, which outlives this process, and gives its port once it answers. */
export async function startServer(
  cluster: string,
  binaries: Binaries,
  user: SystemUser | null,
  own: ServerSettings,
): Promise<number> {
  for (let start = 1; ; start++) {
    const port = await freePort();
    const started = await tryStart(cluster, port, binaries, user, own);
    if (started.ok) return port;
    if (start === maxStarts || !isPassing(started.output)) {
      throw clusterFailure('The embedded PostgreSQL did not start', started.output);
    }
    await wait(500 * start);
  }
}

/** Ends the cluster's server cleanly: sessions are closed, everything is on disk. */
export async function stopServer(
  cluster: string,
  { pgCtl }: Binaries,
  user: SystemUser | null,
): Promise<void> {
  const stop = ['stop', '--wait', `--timeout=${patienceSeconds}`, '--mode=fast', `--pgdata=${cluster}`];
  const { status, output } = await runProgram(pgCtl, stop, user);
  // Ended by other means, by hand or with the machine, is ended as well.
  if (status === 0 || /no server running|does not exist|no such process/i.test(output)) return;
  throw new EmbeddedPostgresError('STOP_FAILED', `The embedded PostgreSQL did not stop.\n${output.trim()}`);
}
