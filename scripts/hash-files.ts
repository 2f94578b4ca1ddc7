import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders whose files tools write while they build: not sources, though they lie among them. */
const written = new Set(['node_modules', 'paraglide', 'generated', '.svelte-kit']);

async function filesBelow(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => !written.has(name)).sort();
  return (await Promise.all(names.map((name) => filesBelow(join(path, name))))).flat();
}

/**
 * A hash of the names and contents of all files at and below the paths, in hexadecimal. A path that does
 * not exist counts as empty.
 */
export async function hashFiles(paths: readonly string[]): Promise<string> {
  const files = (await Promise.all(paths.map(filesBelow))).flat();
  const contents = await Promise.all(files.map((file) => readFile(file)));
  const hash = createHash('sha256');
  for (const [index, content] of contents.entries()) {
    hash.update(`${files[index] ?? ''}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
