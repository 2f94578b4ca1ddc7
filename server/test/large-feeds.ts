import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { checkFeed, type FeedCheck } from '../src/pipeline/check.ts';
import { temporaryFolder } from './fetching.ts';
import { luxembourg } from './reading.ts';

/**
 * The check of a feed of so many megabytes of `filler` between two texts, and by how many bytes the process was
 * larger meanwhile than before.
 */
export async function checkLarge(
  before: string,
  filler: string,
  megabytes: number,
  after: string,
): Promise<{ check: FeedCheck; grown: number }> {
  const path = join(await temporaryFolder(), 'feed');
  const file = await open(path, 'w');
  await file.write(before);
  for (let count = 0; count < megabytes; count++) await file.write(Buffer.alloc(1 << 20, filler));
  await file.write(after);
  const bytes = (await file.stat()).size;
  await file.close();
  const start = process.memoryUsage().rss;
  let most = start;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
  const check = await checkFeed({ path, bytes, sha256: '', etag: null, charset: null }, luxembourg);
  clearInterval(watch);
  return { check, grown: most - start };
}
