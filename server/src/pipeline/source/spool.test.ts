// @module-tag pipeline
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/fetching.ts';
import { fill, writeSpool } from './spool.ts';

async function* pieces(count: number, size: number) {
  for (let number = 0; number < count; number += 1) yield Buffer.alloc(size, 97 + (number % 26));
}

test.each([
  ['none', 0, 0],
  ['many small ones', 40_000, 7],
  ['a few that are larger than a block', 3, 1_700_001],
  ['one block exactly', 1, 1024 * 1024],
])('pieces, %s, become a file with its size and hash', async (_kind, count, size) => {
  const path = join(await temporaryFolder(), 'feed');
  const whole = Buffer.concat(await Array.fromAsync(pieces(count, size)));
  const sha256 = createHash('sha256').update(whole).digest('hex');
  expect(await writeSpool(path, pieces(count, size))).toEqual({ bytes: count * size, sha256 });
  expect((await readFile(path)).equals(whole)).toBe(true);
});

test('only its owner may read the file', async () => {
  const path = join(await temporaryFolder(), 'feed');
  await writeSpool(path, pieces(1, 10));
  expect((await stat(path)).mode & 0o077).toBe(0);
});

test('what was there before stays until all of the new file is written, and then goes', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'feed');
  await writeFile(path, 'before');
  const broken = async function* () {
    yield Buffer.from('new');
    throw new Error('broken');
  };
  await expect(writeSpool(path, broken())).rejects.toThrow('broken');
  expect([await readdir(folder), await readFile(path, 'utf8')]).toEqual([['feed'], 'before']);
  await writeSpool(path, pieces(1, 3));
  expect([await readdir(folder), await readFile(path, 'utf8')]).toEqual([['feed'], 'aaa']);
});

test('two writers of one path leave one whole file', async () => {
  const path = join(await temporaryFolder(), 'feed');
  const written = await Promise.all([writeSpool(path, pieces(9000, 100)), writeSpool(path, pieces(3, 5))]);
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  expect(written.map((file) => file.sha256)).toContain(sha256);
});

test('a folder that is not there is a fault, no refusal', async () => {
  const path = join(await temporaryFolder(), 'gone', 'feed');
  await expect(writeSpool(path, pieces(1, 1))).rejects.toMatchObject({ name: 'Error', code: 'ENOENT' });
});

test.skipIf(!existsSync('/dev/full'))('a full disk is a fault, no refusal', async () => {
  const file = await open('/dev/full', 'w');
  await expect(fill(file, pieces(9, 100_000))).rejects.toMatchObject({ name: 'Error', code: 'ENOSPC' });
  await file.close();
});
