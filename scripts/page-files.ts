import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What Vite says of one file of the pages. */
interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}
type Manifest = Readonly<Record<string, Chunk>>;

/** The scripts of the build that is in `web`, by the routes of its pages (`/store/[code]/marketplace`). */
export interface PageFiles {
  readonly routes: readonly string[];
  /**
   * What the first load of the page needs, as paths below `web/build`. Parts that a page loads later, by a dynamic
   * import, are not in it. Throws for a route that does not exist.
   */
  filesOf(route: string): readonly string[];
  /** The part of them that makes up the page, with its layouts. */
  ownFilesOf(route: string): readonly string[];
  /** Those that ask for themselves by way of others: one of them runs before what it needs is there. */
  readonly circles: readonly string[];
}

/** Where SvelteKit leaves what it knows of the build that is in `web/build`. */
const manifestPath = '.svelte-kit/output/client/.vite/manifest.json';
const generated = '.svelte-kit/generated/build/client-optimized';

export async function readPageFiles(web: string): Promise<PageFiles> {
  const manifest = JSON.parse(await readFile(join(web, manifestPath), 'utf8')) as Manifest;
  const nodes = nodesByRoute(await readFile(join(web, generated, 'app.js'), 'utf8'));
  const entries = Object.keys(manifest).filter(
    (name) => manifest[name]?.isEntry === true && !name.includes(`${generated}/nodes/`),
  );
  // The entry starts the pages by a dynamic import; that of the app is followed for one route alone.
  const started = entries
    .filter((name) => !name.endsWith('client-optimized/app.js'))
    .flatMap((name) => manifest[name]?.dynamicImports ?? []);
  const nodesOf = (route: string) => {
    const wanted = nodes.get(route);
    if (!wanted) throw new Error(`There is no page ${route}.`);
    return wanted.map((node) => `${generated}/nodes/${node}.js`);
  };
  return {
    routes: [...nodes.keys()],
    filesOf: (route) => filesNeededBy([...entries, ...started, ...nodesOf(route)], manifest),
    ownFilesOf: (route) => filesNeededBy(nodesOf(route), manifest),
    circles: Object.values(manifest)
      .filter(({ file, imports = [] }) => filesNeededBy(imports, manifest).includes(file))
      .map(({ file }) => file),
  };
}

/**
 * Writes down, beside the pages, which scripts each of them needs besides those that the one page names which is
 * given for every address: so the server can name them as well, and nobody has to start the pages to learn of them.
 */
export async function writePreloads(web: string): Promise<void> {
  const pages = await readPageFiles(web);
  const index = await readFile(join(web, 'build/index.html'), 'utf8');
  const preloads = pages.routes.map((route) => {
    const paths = pages.ownFilesOf(route).map((file) => `/${file}`);
    return [route, paths.filter((path) => !index.includes(`"${path}"`))];
  });
  await writeFile(join(web, 'build/.preloads.json'), JSON.stringify(Object.fromEntries(preloads)));
}

/**
 * The numbers of the root layout, the page for faults, the layouts above each page, and the page, as SvelteKit's
 * client has them: it waits for the first two whatever the page is.
 */
function nodesByRoute(app: string): ReadonlyMap<string, readonly number[]> {
  // A page with a load function of the server is written as its complement: there is no such page here.
  const lines = app.matchAll(/^\s*("\/[^"]*"): (\[[\d,[\]]+\])/gm);
  return new Map(
    [...lines].map(([, route = '', numbers = '']) => [
      JSON.parse(route) as string,
      [0, 1, ...(JSON.parse(numbers) as (number | number[])[]).flat()],
    ]),
  );
}

function filesNeededBy(names: readonly string[], manifest: Manifest): readonly string[] {
  const files = new Set<string>();
  const follow = (name: string) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`The build does not know ${name}: build the pages again.`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports?.forEach(follow);
  };
  names.forEach(follow);
  return [...files];
}
