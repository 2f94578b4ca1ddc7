import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { readPageFiles } from './page-files.ts';
import { weighPage } from './page-weight.ts';
import { runPackage } from './run-package.ts';

/**
 * Everything that can be said of the code without its tests: one line a part, with its time, and what a part
 * that failed has to say. Ends with status 1 when one failed.
 *
 *     node scripts/check.ts
 */
interface Part {
  readonly label: string;
  /** Throws an error whose message is the part's output when there is something to mend. */
  readonly run: () => Promise<void>;
}

const root = resolve(import.meta.dirname, '..');
const web = join(root, 'web');

const types = (folder: string) =>
  runPackage('typescript', ['--noEmit', '-p', folder], { folder: root, program: 'tsc' });
const rules = (file: string) =>
  runPackage('vitest', ['run', '--project', 'unit', '--reporter', 'dot', file], { folder: root });

/** Slowest first, so that no core idles at the end. */
const parts: readonly Part[] = [
  { label: 'lint', run: () => runPackage('eslint', ['--max-warnings', '0', '.'], { folder: root }) },
  { label: 'types of web', run: typesOfWeb },
  { label: 'types of server', run: () => types('server') },
  { label: 'format', run: () => runPackage('prettier', ['--check', '.'], { folder: root }) },
  { label: 'types of scripts', run: () => types('.') },
  { label: 'boundaries', run: () => rules('server/test/boundaries.test.ts') },
  { label: 'words', run: () => rules('server/test/words.test.ts') },
  { label: 'schema', run: schema },
  { label: 'lock file', run: lockFile },
  { label: 'page weight', run: pageWeight },
  { label: 'page files', run: pageFiles },
];

/** Most that the first load of the page with the most on it may bring, in bytes of compressed scripts. */
const heaviestPage = { route: '/store/[code]/marketplace', most: 200_000 };

async function pageWeight(): Promise<void> {
  const { route, most } = heaviestPage;
  const { bytes, scripts } = await weighPage(web, route);
  if (bytes <= most) return;
  const kB = (count: number) => `${(count / 1000).toFixed(1)} kB`;
  throw new Error(
    `The first load of ${route} brings ${kB(bytes)} of compressed scripts in ${scripts} files; ${kB(most)} is the most.`,
  );
}

/** A build says nothing of files that ask for each other, and the pages may be blank. */
async function pageFiles(): Promise<void> {
  const { circles } = await readPageFiles(web);
  if (circles.length > 0) throw new Error(`Scripts of the pages ask for each other: ${circles.join(', ')}.`);
}

async function typesOfWeb(): Promise<void> {
  await runPackage('@sveltejs/kit', ['sync'], { folder: web, program: 'svelte-kit' });
  await runPackage('svelte-check', ['--fail-on-warnings', '--output', 'human'], { folder: web });
}

/** Compares `schema.graphql` with what the code says. */
async function schema(): Promise<void> {
  const child = spawn(process.execPath, ['scripts/schema.ts', '--check'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<number | null>((settle, fail) => child.once('error', fail).once('close', settle));
  const [status, errors] = await Promise.all([ended, text(child.stderr)]);
  if (status !== 0) throw new Error(errors.trimEnd());
}

/** pnpm tells its scripts where it is; without it (`node scripts/check.ts`) npm fetches the version we use. */
function pnpmCommand(): readonly [string, ...string[]] {
  const own = process.env['npm_execpath'] ?? '';
  if (!/pnpm[^/\\]*$/.test(own)) return ['npx', '-y', 'pnpm@12.21.0'];
  return /\.[cm]?js$/.test(own) ? [process.execPath, own] : [own];
}

/** Asks pnpm whether the lock file says what the package.json files say; installs nothing. */
async function lockFile(): Promise<void> {
  const [program, ...before] = pnpmCommand();
  const child = spawn(program, [...before, 'install', '--frozen-lockfile', '--lockfile-only'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // On Windows npx is a script, which only a shell runs.
    shell: program === 'npx' && process.platform === 'win32',
  });
  const ended = new Promise<number | null>((settle, fail) => child.once('error', fail).once('close', settle));
  const [status, out, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (status !== 0) throw new Error(`${out}${errors}`.trimEnd());
}

async function check({ label, run }: Part): Promise<boolean> {
  const started = performance.now();
  const complaint = await run().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${complaint === undefined ? 'ok    ' : 'FAILED'} ${label.padEnd(16)} ${seconds.padStart(5)} s`,
  );
  if (complaint !== undefined) console.log(`${complaint}\n`);
  return complaint === undefined;
}

const waiting = [...parts];
const results: boolean[] = [];
async function work(): Promise<void> {
  for (let part = waiting.shift(); part; part = waiting.shift()) results.push(await check(part));
}
await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, work));
if (results.includes(false)) process.exitCode = 1;
