import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What Vite says of one file of the pages. */
interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}
type Manifest = Readonly<Record<string, Chunk>>;

export interface PageWeight {
  /** Bytes of all scripts that the first load of the page needs, each compressed by gzip. */
  readonly bytes: number;
  readonly scripts: number;
}

/** Where SvelteKit leaves what it knows of the build that is in `web/build`. */
const manifestPath = '.svelte-kit/output/client/.vite/manifest.json';
const generated = '.svelte-kit/generated/build/client-optimized';

/**
 * What the first load of a page weighs, by its route (`/store/[code]/marketplace`), out of the build that is in
 * `web`. Parts that a page loads later, by a dynamic import, are not in it. Throws for a route that does not exist.
 */
export async function weighPage(web: string, route: string): Promise<PageWeight> {
  const manifest = JSON.parse(await readFile(join(web, manifestPath), 'utf8')) as Manifest;
  const nodes = nodesOf(route, await readFile(join(web, generated, 'app.js'), 'utf8'));
  const entries = Object.keys(manifest).filter(
    (name) => manifest[name]?.isEntry === true && !name.includes(`${generated}/nodes/`),
  );
  // The entry starts the pages by a dynamic import; that of the app is followed for this route alone.
  const started = entries
    .filter((name) => !name.endsWith('client-optimized/app.js'))
    .flatMap((name) => manifest[name]?.dynamicImports ?? []);
  const wanted = [...entries, ...started, ...nodes.map((node) => `${generated}/nodes/${node}.js`)];
  const files = filesNeededBy(wanted, manifest);
  const sizes = await Promise.all(
    // Loaded before everything else, for the theme.
    [...files, 'before-first-paint.js'].map(
      async (file) => gzipSync(await readFile(join(web, 'build', file))).length,
    ),
  );
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), scripts: sizes.length };
}

/** The numbers of the root layout, the layouts above the page, and the page, as SvelteKit's client has them. */
function nodesOf(route: string, app: string): readonly number[] {
  const line = app.split('\n').find((text) => text.trim().startsWith(`${JSON.stringify(route)}:`));
  if (line === undefined) throw new Error(`There is no page ${route}.`);
  // A page with a load function of the server is written as its complement: there is no such page here.
  return [0, ...(/:(.*)$/.exec(line)?.[1] ?? '').matchAll(/\d+/g).map(([digits]) => Number(digits))];
}

function filesNeededBy(names: readonly string[], manifest: Manifest): ReadonlySet<string> {
  const files = new Set<string>();
  const follow = (name: string) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`The build does not know ${name}: build the pages again.`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports?.forEach(follow);
  };
  names.forEach(follow);
  return files;
}
