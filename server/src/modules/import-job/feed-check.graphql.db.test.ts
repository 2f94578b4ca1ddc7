// @module-tag import-job
// @module-tag db
import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { withRollback } from '../../../test/database.ts';
import { execute } from '../../../test/execute.ts';
import { serveFeeds } from '../../../test/feed-server.ts';
import { startLoopbackServer } from '../../../test/loopback-server.ts';
import { buildPeople, roles } from '../../../test/people.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import { defaultSourceLimits } from '../../pipeline/source/limits.ts';
import type { Db } from '../../platform/database.ts';
import { FeedChecks, type FeedCheckSettings } from './feed-check.ts';

async function openChecks(settings: Partial<FeedCheckSettings> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'marketplace-checks-'));
  const checks = new FeedChecks({
    ...{ folder, limits: defaultSourceLimits, allowedAddresses: '127.0.0.1' },
    ...{ places: 2, placesPerViewer: 1, timeoutMs: 20_000 },
    ...settings,
  });
  onTestFinished(async () => {
    await checks.close();
    await rm(folder, { recursive: true });
  });
  return { checks, folder };
}

const context = { language: 'de', storeCurrency: 'EUR', timeZone: 'Europe/Luxembourg' } as const;

async function ask(db: Db, feedChecks: FeedChecks, viewer: Viewer | null, input: object) {
  const source = `query ($input: FeedCheckInput!) { feedCheck(input: $input) {
    encoding delimiter format bytes columns { header attribute firstCell } extraColumns rows accepted
    errors { type count example } warnings { code count example } refused { code message } sample
  } }`;
  const { data, errors } = await execute({ db, feedChecks }, viewer, source, { input });
  return (errors?.[0]?.extensions['code'] ?? data?.['feedCheck']) as string | Record<string, unknown>;
}

const feed = Buffer.from(
  'id;Titel;Preis;Farbton;gtin\n1;Vase;5,50;rot;x\n2;;5;;\n2;b;5;;\n;c;5;;\n3;d;viel;;\n',
);

test('those who manage a store see what an import of a feed would do, and nothing is kept', () =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db);
    const { checks, folder } = await openChecks();
    const origin = await serveFeeds({ '/f.csv': feed });
    const input = { storeCode: store.code, sourceUrl: `${origin}/f.csv`, language: 'DE' };
    const result = await ask(db, checks, viewers.manager, input);
    expect(result).toMatchObject({
      ...{ encoding: 'utf-8', delimiter: ';', format: 'catalogue', bytes: feed.length, refused: null },
      columns: [
        { header: 'id', attribute: 'id', firstCell: '1' },
        { header: 'Titel', attribute: 'title', firstCell: 'Vase' },
        { header: 'Preis', attribute: 'price', firstCell: '5,50' },
        { header: 'gtin', attribute: 'gtin', firstCell: 'x' },
      ],
      ...{ extraColumns: ['Farbton'], rows: 5, accepted: 1 },
      errors: [
        { type: 'MISSING_ID', count: 1 },
        { type: 'MISSING_TITLE', count: 1 },
        { type: 'DUPLICATE_ID', count: 1 },
        { type: 'VALIDATION_ERROR', count: 1, example: expect.stringMatching(/^Row 5: .*"viel"/) },
      ],
      warnings: [{ code: 'GTIN_MALFORMED', count: 1 }],
      sample: [{ id: '1', title: 'Vase', price: '5.50' }],
    });
    expect([await readdir(folder), await db.marketplaceImportJob.count()]).toEqual([[], 0]);
  }));

test('others check no feed of the store', () =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db);
    const { checks } = await openChecks();
    const seen: Record<string, unknown> = {};
    for (const role of roles) {
      const answer = await ask(db, checks, viewers[role], { storeCode: store.code, sourceUrl: 'ftp://x' });
      seen[role] = typeof answer === 'string' ? answer : answer['refused'];
    }
    const refused = expect.objectContaining({ code: 'ADDRESS_SCHEME' });
    expect(seen).toEqual({
      ...{ admin: refused, owner: refused, manager: refused, staff: 'FORBIDDEN' },
      ...{ otherOwner: 'NOT_FOUND', signedOut: 'UNAUTHENTICATED' },
    });
  }));

test("a store's address comes back masked, and is meant", () =>
  withRollback(async (db) => {
    const origin = await serveFeeds({ '/f.csv': feed });
    const { store, viewers } = await buildPeople(db, { letzshopCsvUrlDe: `${origin}/f.csv?token=geheim` });
    const { checks } = await openChecks();
    const input = { storeCode: store.code, sourceUrl: `${origin}/f.csv?token=***` };
    expect(await ask(db, checks, viewers.owner, input)).toMatchObject({ refused: null, rows: 5 });
  }));

test.each([
  ['http://10.0.0.1/f.csv', 'ADDRESS_FORBIDDEN'],
  ['file:///etc/passwd', 'ADDRESS_SCHEME'],
  ['', 'ADDRESS_SCHEME'],
])('the address %j is refused, and that is the answer', async (address, code) => {
  const { checks } = await openChecks();
  const { refused, bytes, rows } = await checks.check({ viewerId: 'v', address, context });
  expect([refused?.code, bytes, rows]).toEqual([code, null, 0]);
});

test('a web page is no feed, and nothing is left of it', async () => {
  const { checks, folder } = await openChecks();
  const origin = await serveFeeds({ '/': Buffer.from('<!DOCTYPE html><html><body>Hello</body></html>') });
  const { refused } = await checks.check({ viewerId: 'v', address: `${origin}/`, context });
  expect([refused?.code, await readdir(folder)]).toEqual(['IS_HTML', []]);
});

/** A server that never ends its answer; `asked` resolves when somebody waits for it. */
async function serveForever() {
  const asked = Promise.withResolvers<undefined>();
  const left = Promise.withResolvers<undefined>();
  const server = await startLoopbackServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n\r\nid,title\n');
    socket.on('close', () => left.resolve(undefined));
    asked.resolve(undefined);
  });
  return { address: `${server.origin}/f.csv`, asked: asked.promise, left: left.promise };
}

test('a check ends when nobody waits for it any more', async () => {
  const { checks, folder } = await openChecks();
  const server = await serveForever();
  const leaving = new AbortController();
  const checking = checks.check({ viewerId: 'v', address: server.address, context, signal: leaving.signal });
  await server.asked;
  leaving.abort(new Error('gone'));
  await expect(checking).rejects.toThrow('gone');
  await server.left;
  expect(await readdir(folder)).toEqual([]);
});

test('a check that takes too long is refused', async () => {
  const { checks } = await openChecks({ timeoutMs: 4_000 });
  const { address } = await serveForever();
  const { refused } = await checks.check({ viewerId: 'v', address, context });
  expect(refused).toMatchObject({ code: 'CHECK_TOO_LONG', message: expect.stringContaining('4 s') });
});

test('one person has one check at a time, a node a few, and places are given back', async () => {
  const { checks } = await openChecks();
  const server = await serveForever();
  const leaving = new AbortController();
  const start = (viewerId: string) =>
    checks.check({ viewerId, address: server.address, context, signal: leaving.signal });
  const running = [start('a'), start('b')].map((check) => check.catch(() => 'ended'));
  await expect(start('a')).rejects.toMatchObject({ extensions: { code: 'TOO_BUSY' } });
  await expect(start('c')).rejects.toMatchObject({ extensions: { code: 'TOO_BUSY' } });
  await server.asked;
  leaving.abort();
  expect(await Promise.all(running)).toEqual(['ended', 'ended']);
  expect(await checks.check({ viewerId: 'a', address: '', context })).toMatchObject({ rows: 0 });
});

test('what a killed process has left is cleared away, what is new is not', async () => {
  const { checks, folder } = await openChecks();
  await mkdir(join(folder, 'check-old'));
  await mkdir(join(folder, 'check-new'));
  await utimes(join(folder, 'check-old'), 0, 0);
  await checks.check({ viewerId: 'a', address: '', context });
  expect(await readdir(folder)).toEqual(['check-new']);
});
