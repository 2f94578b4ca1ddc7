// @module-tag cli
// @module-tag process
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildStore } from '../../test/builders.ts';
import { endProgramsAfterTests, runProgram, startProgram, temporaryFolder } from '../../test/programs.ts';
import { until } from '../../test/until.ts';
import { uncheckedSettings } from '../../test/unchecked-settings.ts';
import { readConfig } from '../config.ts';
import { openStorage, type OpenStorage } from './import-node.ts';

/** The commands where no server runs. The tests keep the database open, so that not every command starts it anew. */

const folder = temporaryFolder();
const env = { DATA_DIR: join(folder, '.data'), TMPDIR: join(folder, 'temporary') };
let storage: OpenStorage;

const openTestStorage = () => openStorage(readConfig(env, uncheckedSettings));

beforeAll(async () => {
  await mkdir(join(folder, 'temporary'));
  storage = await openTestStorage();
  await buildStore(storage.db, { code: 'first' });
  await buildStore(storage.db, { code: 'second' });
  await buildStore(storage.db, { code: 'closed', active: false });
}, 60_000);

afterAll(async () => {
  await storage.close();
  expect(existsSync(join(folder, '.data/postgres/postmaster.pid'))).toBe(false);
});

endProgramsAfterTests();

const feed = (...args: string[]) => runProgram('cli/feed.ts', { args, env });

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const csv =
  'id,title,price,colour,own\n1,One,1.50 EUR,red,x\n2,,2.00 EUR,,\n3,Three,"3,00 EUR",,\n1,Again,1.00 EUR,,\n';
const lines = (name: string, rows: number) =>
  [
    'id,title,price',
    ...Array.from({ length: rows }, (_, row) => `${name}-${row},Product ${row},9.50 EUR`),
  ].join('\n');

test('feed check --json prints one object with exactly the agreed parts', async () => {
  const { status, stdout, stderr } = await feed('check', await file('small.csv', csv), '--json');
  expect([status, stderr]).toEqual([0, '']);
  const { seconds, sample, ...check } = JSON.parse(stdout) as Record<string, unknown>;
  expect(check).toEqual({
    encoding: 'utf-8',
    delimiter: ',',
    format: 'google',
    columns: {
      recognised: { id: 'id', title: 'title', price: 'price', colour: 'color' },
      extra: ['own'],
    },
    rows: 4,
    accepted: 2,
    errors: { missing_title: 1, duplicate_id: 1 },
    warnings: {},
    refused: null,
  });
  expect(sample).toMatchObject([{ id: '1', title: 'One', price: '1.50' }, { id: '3' }]);
  expect(seconds).toBeTypeOf('number');
});

test('feed check tells people the same, with the sentence of each fault, and leaves no file behind', async () => {
  const path = await file('small.csv.gz', gzipSync(csv));
  const { status, stdout } = await feed('check', path);
  expect(status).toBe(0);
  expect(stdout).toContain('small.csv.gz: readable');
  expect(stdout).toContain('2 of 4 rows would be imported.');
  expect(stdout).toMatch(/1 {2}missing_title: Row 2: The title is missing\./);
  expect(stdout).toContain('1 · One · 1.50 EUR');
  expect(await readdir(join(folder, 'temporary'))).toEqual([]);
});

test('a path is taken from the folder that the command was called in', async () => {
  await mkdir(join(folder, 'elsewhere'), { recursive: true });
  await file('elsewhere/near.csv', csv);
  const called = { ...env, INIT_CWD: join(folder, 'elsewhere') };
  const { status } = await runProgram('cli/feed.ts', { args: ['check', 'near.csv'], env: called });
  expect(status).toBe(0);
});

test('a refused feed has status 1, its reason, and what was found out before', async () => {
  const path = await file('no-id.csv', Buffer.from('titre;prix\nCaf\xe9;1,50 EUR\n', 'latin1'));
  const { status, stdout } = await feed('check', path, '--json');
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    encoding: 'windows-1252',
    delimiter: ';',
    format: null,
    rows: 0,
    refused: { code: 'NO_ID_COLUMN' },
  });
});

test.each([['a private address', ['check', 'http://10.1.2.3/feed.csv', '--json'], 'ADDRESS_FORBIDDEN']])(
  '%s is refused',
  async (_what, args, code) => {
    const { status, stdout } = await feed(...args);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ refused: { code } });
  },
);

test.each([
  ['an unknown option', ['check', 'x.csv', '--fast'], "Unknown option '--fast'."],
  ['an unknown store', ['import', 'x.csv', '--store', 'nobody'], 'There is no store with the code nobody.'],
  [
    'a store that is switched off',
    ['import', 'x.csv', '--store', 'closed'],
    'The store closed is switched off.',
  ],
])('%s is wrong usage', async (_what, args, sentence) => {
  await file('x.csv', csv);
  const called = { ...env, INIT_CWD: folder };
  const { status, stdout, stderr } = await runProgram('cli/feed.ts', { args, env: called });
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(sentence);
});

test('feed import runs the import itself, and leaves nothing in the spool folder', async () => {
  const path = await file('itself.csv', csv);
  const { status, stdout, stderr } = await feed('import', path, '--store', 'first', '--json');
  expect([status, stderr]).toEqual([0, '']);
  const { id, seconds, ...result } = JSON.parse(stdout) as Record<string, unknown>;
  expect(result).toEqual({
    status: 'COMPLETED_WITH_ERRORS',
    storeCode: 'first',
    language: 'en',
    importedCount: 2,
    updatedCount: 0,
    unchangedCount: 0,
    errorCount: 2,
    warningCount: 0,
    totalProcessed: 4,
    totalRows: 4,
    encoding: 'utf-8',
    delimiter: ',',
    format: 'google',
    attempt: 1,
    failure: null,
    missing: { review: 'APPLIED', missingCount: 0, returnedCount: 0 },
  });
  expect([typeof id, typeof seconds]).toEqual(['string', 'number']);
  expect(await readdir(join(folder, '.data/spool'))).toEqual([]);
});

test('without a terminal the progress is lines, and the result one more', async () => {
  const { status, stdout } = await feed(
    'import',
    await file('lines.csv', lines('lines', 2_000)),
    '--store',
    'first',
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Importing/m);
  expect(stdout).toMatch(
    /^Imported: 2,000 rows: 2,000 new, 0 updated, 0 unchanged, 0 errors \(first, en, .* s\)$/m,
  );
});

test.each([
  ['before it is stored', 'page.csv', '<!doctype html><html></html>', 'IS_HTML', null],
  ['when it is read', 'unknown.csv', 'a,b\n1,2\n', 'NO_ID_COLUMN', expect.any(String)],
])('an import of a feed that is refused %s has status 1', async (_when, name, content, code, id) => {
  const { status, stdout } = await feed('import', await file(name, content), '--store', 'first', '--json');
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    id: id as unknown,
    status: 'FAILED',
    totalProcessed: 0,
    failure: { code },
  });
});

test('Ctrl-C cancels the import after its batch, and says so', async () => {
  const path = await file('long.csv', lines('long', 60_000));
  const args = ['import', path, '--store', 'first', '--json'];
  const command = startProgram('cli/feed.ts', { args, env });
  const { db } = storage;
  await until(
    async () =>
      (await db.marketplaceImportBatch.count({ where: { job: { sourceUrl: { endsWith: 'long.csv' } } } })) >
      2,
  );
  command.pressCtrlC();
  const { status, stdout, stderr } = await command.ended;
  expect(status).toBe(3);
  expect(stderr).toContain('Cancelling the import after the batch that is being written.');
  const result = JSON.parse(stdout) as { status: string; importedCount: number; totalProcessed: number };
  expect(result.status).toBe('CANCELLED');
  expect(result.importedCount).toBeGreaterThan(0);
  expect(result.importedCount).toBe(result.totalProcessed);
});

test('two commands at once share the work, one store’s imports one after the other', async () => {
  const paths = await Promise.all(['a', 'b'].map((name) => file(`${name}.csv`, lines(name, 2_000))));
  const ended = await Promise.all(paths.map((path) => feed('import', path, '--store', 'second', '--json')));
  expect(ended.map(({ status }) => status)).toEqual([0, 0]);
  expect(await storage.db.marketplaceProduct.count({ where: { store: { code: 'second' } } })).toBe(4_000);
});

test('a file that the worker cannot see because it has another data folder fails with what to do, and is not left', async () => {
  const shared = { DATABASE_URL: storage.databaseUrl, DEMO: 'off', PORT: '0' };
  const elsewhere = { ...shared, DATA_DIR: join(folder, '.data-of-the-worker'), ROLE: 'worker' };
  const worker = startProgram('main.ts', { env: elsewhere });
  await worker.says(/This worker imports/);
  const dataDir = join(folder, '.data-of-the-command');
  const args = ['import', await file('elsewhere.csv', csv), '--store', 'first', '--json'];
  const { status, stdout } = await runProgram('cli/feed.ts', { args, env: { ...shared, DATA_DIR: dataDir } });
  worker.signal('SIGTERM');
  await worker.ended;
  expect(status).toBe(1);
  expect((JSON.parse(stdout) as { failure: unknown }).failure).toEqual({
    code: 'FILE_GONE',
    message: `No worker shares this command's data folder (${dataDir}): use its DATA_DIR, or give an address.`,
  });
  expect(await readdir(join(dataDir, 'spool'))).toEqual([]);
});

test('an import that nobody can run is not left waiting', async () => {
  await mkdir(join(folder, 'full'));
  await file('full/spool', 'no folder');
  const { status, stderr } = await runProgram('cli/feed.ts', {
    args: ['import', 'http://93.184.215.14/feed.csv', '--store', 'second'],
    env: { ...env, DATABASE_URL: storage.databaseUrl, DATA_DIR: join(folder, 'full') },
  });
  expect([status, stderr]).toEqual([1, expect.stringContaining('EEXIST')]);
  const { marketplaceImportJob: jobs } = storage.db;
  expect(await jobs.count({ where: { status: { in: ['PENDING', 'PROCESSING'] } } })).toBe(0);
});

test('an admin is made once, from a piped password, with the address in lower case', async () => {
  const create = (email: string, input: string) =>
    runProgram('cli/admin.ts', { args: ['create', email], env, input });
  expect(await create('Boss@Example.Test', 'correct horse battery\n')).toMatchObject({
    status: 0,
    stdout: 'boss@example.test is a platform admin now.\n',
  });
  const admin = await storage.db.user.findUnique({ where: { email: 'boss@example.test' } });
  expect(admin).toMatchObject({ platformAdmin: true });
  expect(await storage.db.logEntry.findMany({ where: { message: 'account created' } })).toMatchObject([
    { level: 30, fields: { userId: admin?.id, platformAdmin: true, by: 'command line' } },
  ]);
  const again = await create('boss@example.test', 'another long password\n');
  expect([again.status, again.stderr]).toEqual([
    1,
    'There is an account for boss@example.test already. Nothing was changed.\n',
  ]);
  expect((await create('new@example.test', 'short\n')).stderr).toContain('The password has 5 characters.');
  expect((await create('nonsense', 'correct horse battery')).stderr).toContain(
    '"nonsense" is not an email address.',
  );
  expect(await storage.db.user.count({ where: { email: { in: ['new@example.test', 'nonsense'] } } })).toBe(0);
});
