// @module-tag pipeline
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/fetching.ts';
import { spoolFile, type SpoolOptions } from './source.ts';
import { defaultSourceLimits } from './source/limits.ts';

const csv = 'id,title\n1,Lamp\n'.repeat(1000);
const options: SpoolOptions = { limits: defaultSourceLimits, onProgress: () => undefined };
const never = new AbortController().signal;

async function spooling(name: string, content: string | Buffer, changed: Partial<SpoolOptions> = {}) {
  const folder = await temporaryFolder();
  await writeFile(join(folder, name), content);
  await mkdir(join(folder, 'spool'));
  const spooled = spoolFile(
    join(folder, name),
    join(folder, 'spool', 'feed'),
    { ...options, ...changed },
    never,
  );
  return { spooled, spool: join(folder, 'spool') };
}

test.each([
  ['feed.csv', Buffer.from(csv)],
  ['feed.csv.gz', gzipSync(csv)],
  ['feed.csv', gzipSync(csv)],
  ['feed.csv.br', brotliCompressSync(csv)],
  ['feed.csv.br', Buffer.from(csv)],
])('%s is spooled inflated, the original stays', async (name, content) => {
  const { spooled, spool } = await spooling(name, content);
  const { path, ...rest } = await spooled;
  expect(rest).toEqual({
    bytes: csv.length,
    sha256: createHash('sha256').update(csv).digest('hex'),
    etag: null,
    charset: null,
  });
  expect([path, await readFile(path, 'utf8')]).toEqual([join(spool, 'feed'), csv]);
  expect(await readFile(join(spool, '..', name))).toEqual(content);
});

test.each([
  ['EMPTY', 'feed.csv', '\ufeff\n', {}],
  ['IS_HTML', 'feed.csv', '<!doctype html>', {}],
  ['NOT_TEXT', 'feed.csv', '%PDF-1.7', {}],
  ['TRUNCATED', 'feed.csv.gz', gzipSync(csv).subarray(0, -9), {}],
  ['TOO_LARGE', 'feed.csv', csv, { wireBytes: csv.length - 1 }],
  ['INFLATED_TOO_LARGE', 'feed.csv.gz', gzipSync(csv), { inflatedBytes: csv.length - 1 }],
])('a file is refused as %s, and nothing of it stays in the spool', async (code, name, content, limits) => {
  const { spooled, spool } = await spooling(name, content, { limits: { ...defaultSourceLimits, ...limits } });
  await expect(spooled).rejects.toMatchObject({ name: 'FeedRefusal', code });
  expect(await readdir(spool)).toEqual([]);
});

test('what is no file, or not there, is refused by name', async () => {
  const folder = await temporaryFolder();
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  for (const path of [join(folder, 'gone.csv'), folder, join(folder, 'pipe'), '/dev/zero', '']) {
    const spooling = spoolFile(path, join(folder, 'feed'), options, never);
    await expect(spooling).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  }
});

test('a spool folder that is not there is a fault, not a refusal of the file', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'feed.csv'), csv);
  const spooling = spoolFile(join(folder, 'feed.csv'), join(folder, 'gone', 'feed'), options, never);
  await expect(spooling).rejects.toMatchObject({ name: 'Error', code: 'ENOENT' });
});

test('progress goes up to the size of the file', async () => {
  const seen: [number, number | null][] = [];
  const packed = gzipSync(csv);
  const { spooled } = await spooling('feed.csv.gz', packed, {
    onProgress: (...progress) => seen.push(progress),
  });
  await spooled;
  expect(seen).toEqual([[packed.length, packed.length]]);
});

test('an abort ends the work with its reason', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'feed.csv'), Buffer.alloc(50e6, 'a'));
  const stop = new AbortController();
  const reason = new Error('cancelled');
  const spooling = spoolFile(
    join(folder, 'feed.csv'),
    join(folder, 'feed'),
    { ...options, onProgress: () => stop.abort(reason) },
    stop.signal,
  );
  await expect(spooling).rejects.toBe(reason);
  expect(await readdir(folder)).toEqual(['feed.csv']);
});
