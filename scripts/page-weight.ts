import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readPageFiles } from './page-files.ts';

export interface PageWeight {
  /** Bytes of all scripts that the first load of the page needs, each compressed by gzip. */
  readonly bytes: number;
  readonly scripts: number;
}

/** What the first load of a page weighs, by its route. Throws for a route that does not exist. */
export async function weighPage(web: string, route: string): Promise<PageWeight> {
  const files = (await readPageFiles(web)).filesOf(route);
  const sizes = await Promise.all(
    files.map(async (file) => gzipSync(await readFile(join(web, 'build', file))).length),
  );
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), scripts: sizes.length };
}
