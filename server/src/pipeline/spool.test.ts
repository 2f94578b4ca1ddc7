// @module-tag pipeline
import { createHash } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findSpooled, noteSpooled, spoolEntry, type SpoolEntry } from './spool.ts';

const feed = 'id,title\n1,Lamp\n';

/** A feed that lies in a folder as a whole one does, with its note. */
async function spooled() {
  const folder = await mkdtemp(join(tmpdir(), 'spool-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const entry = spoolEntry(folder, '0198c5a0-0000-7000-8000-000000000001');
  await writeFile(entry.feedPath, feed);
  const sha256 = createHash('sha256').update(feed).digest('hex');
  const noted = { path: entry.feedPath, bytes: feed.length, sha256, etag: '"1"', charset: 'utf-8' };
  await noteSpooled(entry, noted);
  return { entry, noted };
}

test('a feed that lies there whole is found, with what its server said of it', async () => {
  const { entry, noted } = await spooled();
  expect(await findSpooled(entry)).toEqual(noted);
});

const harm: Readonly<Record<string, (entry: SpoolEntry) => Promise<void>>> = {
  'has lost its end': ({ feedPath }) => writeFile(feedPath, feed.slice(0, -1)),
  'has its size and nothing but zeros': ({ feedPath }) => writeFile(feedPath, '\0'.repeat(feed.length)),
  'is gone': ({ feedPath }) => rm(feedPath),
  'has no note': ({ notePath }) => rm(notePath),
  'has half a note': ({ notePath }) => writeFile(notePath, '{"bytes":'),
};

test.each(Object.keys(harm))('a feed that %s is not taken for whole', async (what) => {
  const { entry } = await spooled();
  await harm[what]?.(entry);
  expect(await findSpooled(entry)).toBeNull();
});

test('whoever has enough of it does not wait until a large feed has been looked through', async () => {
  const { entry, noted } = await spooled();
  const bytes = 4 << 30;
  // Takes no room.
  await truncate(entry.feedPath, bytes);
  await noteSpooled(entry, { ...noted, bytes });
  const enough = new AbortController();
  const finding = findSpooled(entry, enough.signal);
  setImmediate(() => enough.abort(new Error('enough')));
  await expect(finding).rejects.toThrow('enough');
});
