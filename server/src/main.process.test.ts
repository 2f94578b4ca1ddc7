// @module-tag cli
// @module-tag process
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  endProgramsAfterTests,
  runProgram,
  startProgram,
  temporaryFolder,
  type Program,
} from '../test/programs.ts';
import { until } from '../test/until.ts';
import { uncheckedSettings } from '../test/unchecked-settings.ts';
import { openStorage, type OpenStorage } from './cli/import-node.ts';
import { sameKeyMs } from './cli/interruption.ts';
import { readConfig } from './config.ts';
import { demoFeedSummary } from './demo/feeds.ts';
import { countWorkers } from './platform/worker-presence.ts';

/** The tests tell one story, in their order: an installation from its first start to a crash and what follows. */

const folder = temporaryFolder();
const dataDir = join(folder, '.data');
let server: Program;
let origin = '';
/** That of the first start, kept for the later ones. */
let port = '0';

const envOf = (more: Readonly<Record<string, string>> = {}) => ({ DATA_DIR: dataDir, PORT: port, ...more });

// After a failed test: a server whose folder is gone could not be stopped any more.
afterAll(async () => {
  if (existsSync(postmasterFile())) await withStorage(async () => undefined);
});

endProgramsAfterTests();

async function start(more: Readonly<Record<string, string>> = {}): Promise<void> {
  server = startProgram('main.ts', { env: envOf(more) });
  [, origin = '', port = ''] = await server.says(/Ready: (http:\/\/localhost:(\d+))/);
}

/** The database, beside whoever uses it as well. */
async function withStorage<T>(use: (storage: OpenStorage) => Promise<T>): Promise<T> {
  const storage = await openStorage(readConfig(envOf(), uncheckedSettings));
  try {
    return await use(storage);
  } finally {
    await storage.close();
  }
}

const postmasterFile = () => join(dataDir, 'postgres/postmaster.pid');
const jsonOf = async (path: string) =>
  (await fetch(`${origin}${path}`)).json() as Promise<Record<string, unknown>>;

async function writeFeed(name: string, rows: number): Promise<string> {
  const path = join(folder, name);
  const lines = Array.from({ length: rows }, (_, row) => `${name}-${row},Product ${row},${row + 1}.50 EUR`);
  await writeFile(path, ['id,title,price', ...lines].join('\n'));
  return path;
}

const importArgs = (path: string, store: string, ...more: string[]) => [
  'import',
  path,
  '--store',
  store,
  '--json',
  ...more,
];
const importFeed = (...args: Parameters<typeof importArgs>) =>
  runProgram('cli/feed.ts', { args: importArgs(...args), env: envOf() });

interface Result {
  id: string;
  status: string;
  importedCount: number;
  totalProcessed: number;
  totalRows: number;
}

const resultOf = ({ stdout }: { stdout: string }) => JSON.parse(stdout) as Result;

test('the first start sets everything up, imports the demo feeds and says where it is', async () => {
  await start();
  const { stdout } = await stopAndRestart();
  expect(stdout).toMatch(
    /^Starting PostgreSQL …\nPut the demo stores into the empty database\.\nImporting the demo feeds of Weber Livres …\n/,
  );
  const { rows, errors } = demoFeedSummary('weber-livres', 'fr');
  const refused = Object.values(errors).reduce((sum, count) => sum + count);
  expect(stdout).toContain(
    `${rows.toLocaleString('en')} rows: ${(rows - refused).toLocaleString('en')} new, 0 updated, 0 unchanged, ${refused} errors (weber-livres, fr,`,
  );
  expect(stdout).toContain('owner@example.test    demo-owner');
});

async function stopAndRestart() {
  server.pressCtrlC();
  const ended = await server.ended;
  expect(ended).toMatchObject({ status: 0, signal: null, stderr: '' });
  await start();
  return ended;
}

test('Ctrl-C ends PostgreSQL too, and the next start keeps the data and is quick', async () => {
  server.pressCtrlC();
  const { status, stdout } = await server.ended;
  expect(status).toBe(0);
  expect(stdout).not.toContain('Importing');
  expect(existsSync(postmasterFile())).toBe(false);
  const began = performance.now();
  await start();
  expect(performance.now() - began).toBeLessThan(10_000);
  const products = await withStorage(({ db }) => db.marketplaceProduct.count());
  expect(products).toBeGreaterThan(4_000);
  const about = { where: { message: { startsWith: 'node ' } }, orderBy: { id: 'asc' } } as const;
  const entries = await withStorage(({ db }) => db.logEntry.findMany(about));
  const oneLife = ['node started', 'node stops'];
  expect(entries.map(({ message }) => message).slice(0, 4)).toEqual([...oneLife, ...oneLife]);
});

test('a second Ctrl-C ends it at once, whoever is still being answered, and PostgreSQL with it', async () => {
  const slow = connect(Number(port), '127.0.0.1');
  slow.on('error', () => undefined).pause();
  // Larger than what fits between two ends of a connection of which one does not read.
  slow.write('GET /demo/feeds/kirchberg-velo-de.csv HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(3));
  await once(slow, 'readable');
  const began = performance.now();
  const stopping = server.says(/Stopping/);
  server.pressCtrlC();
  await stopping;
  // Late enough to be another one, and no third, at which it leaves whatever is still to be done.
  setTimeout(() => server.pressCtrlC(), sameKeyMs + 100);
  try {
    const { status } = await server.ended;
    expect(status).toBe(130);
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(existsSync(postmasterFile())).toBe(false);
  } finally {
    slow.destroy();
    await start();
  }
});

test('it says that it is well, and ready', async () => {
  expect(await jsonOf('/health')).toMatchObject({
    status: 'ok',
    version: '0.1.0',
    phase: 'ready',
    database: 'up',
  });
  expect(await jsonOf('/ready')).toMatchObject({ status: 'ready' });
});

test('a second server on the same port is refused in a sentence, and disturbs nothing', async () => {
  const { status, stderr, stdout } = await runProgram('main.ts', { env: envOf() });
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^This server runs already: http:\/\/127\.0\.0\.1:\d+\. .*\n$/);
  expect(await jsonOf('/ready')).toMatchObject({ status: 'ready' });
});

test('an argument is refused: settings are variables', async () => {
  const { status, stderr, stdout } = await runProgram('main.ts', { args: ['--port', '4001'], env: envOf() });
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^The server takes no arguments, and "--port" is one\. .*PORT=4001.*\n$/);
});

test.each([
  ['HOST', '0.0.0.0'],
  ['TRUSTED_PROXIES', '127.0.0.1'],
])('a server that others can reach by %s does not start while demo passwords work', async (name, value) => {
  const { status, stderr } = await runProgram('main.ts', { env: envOf({ [name]: value, PORT: '0' }) });
  expect(status).toBe(1);
  expect(stderr).toContain('admin@example.test, owner@example.test, staff@example.test, other@example.test');
  expect(stderr).toContain(`${name} ${value}`);
});

test('a second server on another port leaves the demo’s feeds to the first', async () => {
  const feeds = () =>
    withStorage(({ db }) =>
      db.store.findMany({ select: { letzshopCsvUrlDe: true }, orderBy: { code: 'asc' } }),
    );
  const before = await feeds();
  const second = startProgram('main.ts', { env: envOf({ PORT: '0' }) });
  await second.says(/Ready: /);
  expect(await feeds()).toEqual(before);
  second.pressCtrlC();
  expect((await second.ended).status).toBe(0);
});

test('demo stores follow the server to another port', async () => {
  port = '0';
  const before = origin;
  await stopAndRestart();
  expect(origin).not.toBe(before);
  const urls = await withStorage(({ db }) => db.store.findMany({ select: { letzshopCsvUrlDe: true } }));
  expect(urls.map(({ letzshopCsvUrlDe }) => letzshopCsvUrlDe?.split('/demo')[0])).toEqual(
    Array.from({ length: 3 }, () => `http://127.0.0.1:${port}`),
  );
});

test('feed import goes through the running server, from a file and from its own demo feeds', async () => {
  const path = await writeFeed('through-server.csv', 20_000);
  const command = startProgram('cli/feed.ts', { args: importArgs(path, 'weber-deco'), env: envOf() });
  await withStorage(async ({ db }) => {
    await until(async () => (await db.marketplaceImportJob.count({ where: { status: 'PROCESSING' } })) > 0);
    expect(await countWorkers(db)).toBe(1);
  });
  const ended = await command.ended;
  expect(ended).toMatchObject({ status: 0, stderr: '' });
  expect(resultOf(ended)).toMatchObject({ status: 'COMPLETED', importedCount: 20_000, totalRows: 20_000 });

  const demo = await importFeed(
    `${origin}/demo/feeds/kirchberg-velo-de.csv`,
    'kirchberg-velo',
    '--language',
    'de',
  );
  expect(demo.status).toBe(0);
  expect(resultOf(demo)).toMatchObject({
    status: 'COMPLETED_WITH_ERRORS',
    encoding: 'utf-16le',
    language: 'de',
  });
});

test('a worker apart imports the demo’s feeds of the server beside it', async () => {
  server.pressCtrlC();
  await server.ended;
  await start({ ROLE: 'api' });
  const worker = startProgram('main.ts', { env: envOf({ ROLE: 'worker', PORT: '0' }) });
  await worker.says(/This worker imports/);
  const url = `${origin.replace('localhost', '127.0.0.1')}/demo/feeds/weber-deco-fr.csv`;
  const ended = await importFeed(url, 'weber-deco', '--language', 'fr');
  expect([ended.status, resultOf(ended).status]).toEqual([0, 'COMPLETED_WITH_ERRORS']);
  worker.pressCtrlC();
  expect((await worker.ended).status).toBe(0);
  await stopAndRestart();
});

test('two imports at once: of two stores side by side, of one store one after the other', async () => {
  const [first, second, third] = await Promise.all(
    ['a', 'b', 'c'].map((name) => writeFeed(`${name}.csv`, 3_000)),
  );
  const ended = await Promise.all([
    importFeed(first ?? '', 'weber-deco'),
    importFeed(second ?? '', 'weber-deco'),
    importFeed(third ?? '', 'kirchberg-velo'),
  ]);
  const results = ended.map(resultOf);
  expect(results.map(({ status, importedCount }) => [status, importedCount])).toEqual(
    Array.from({ length: 3 }, () => ['COMPLETED', 3_000]),
  );
  const times = await withStorage(({ db }) =>
    db.marketplaceImportJob.findMany({
      where: { id: { in: results.slice(0, 2).map(({ id }) => id) } },
      orderBy: { startedAt: 'asc' },
      select: { startedAt: true, completedAt: true },
    }),
  );
  expect(Number(times[1]?.startedAt)).toBeGreaterThanOrEqual(Number(times[0]?.completedAt));
});

test('a server that is killed in an import leaves nothing undone: the next one takes over', async () => {
  const path = await writeFeed('killed.csv', 30_000);
  const command = startProgram('cli/feed.ts', { args: importArgs(path, 'weber-deco'), env: envOf() });
  await withStorage(({ db }) =>
    until(
      async () =>
        (await db.marketplaceImportBatch.count({
          where: { job: { sourceUrl: { endsWith: 'killed.csv' } } },
        })) > 2,
    ),
  );
  server.signal('SIGKILL');
  await server.ended;
  await start();
  const ended = await command.ended;
  expect(ended.status).toBe(0);
  expect(resultOf(ended)).toMatchObject({
    status: 'COMPLETED',
    importedCount: 30_000,
    totalRows: 30_000,
    attempt: 2,
  });
  server.pressCtrlC();
  expect((await server.ended).status).toBe(0);
  expect(existsSync(postmasterFile())).toBe(false);
});
