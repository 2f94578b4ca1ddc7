import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { withFileLock } from '../server/src/platform/file-lock.ts';
import { hashFiles } from './hash-files.ts';
import { writePreloads } from './page-files.ts';
import { runPackage } from './run-package.ts';

/**
 * Makes what git does not keep: the Prisma client, the messages and documents of the pages, and the pages
 * themselves. Does nothing for what is up to date, so that every command of package.json can begin with it.
 *
 *     node scripts/build.ts [--no-web | --no-pages] [--quiet]
 *
 * `--no-web` leaves out all that is of the pages, `--no-pages` the pages alone: their types can be checked then.
 */
interface Target {
  readonly label: string;
  /** Files and folders that the result is made from. */
  readonly sources: readonly string[];
  /** A file that exists when the target was made. */
  readonly result: string;
  /** Holds the hash of the sources that the result was made from. */
  readonly stamp: string;
  make(): Promise<void>;
}

const root = resolve(import.meta.dirname, '..');
const generated = join(root, 'server/src/generated');
const web = join(root, 'web');
const lockfile = join(root, 'pnpm-lock.yaml');
const schema = join(root, 'schema.graphql');
const messageSources = [join(web, 'messages'), join(web, 'project.inlang/settings.json')];

const prismaClient: Target = {
  label: 'Prisma client',
  sources: [join(root, 'prisma/schema'), join(root, 'prisma/prisma.config.ts'), lockfile],
  result: join(generated, 'prisma/client.ts'),
  stamp: join(generated, 'prisma.stamp'),
  make: () =>
    runPackage('prisma', ['generate', '--config', 'prisma/prisma.config.ts'], {
      folder: root,
      // The command looks for an engine that `generate` never starts; any program that exists will do.
      env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
    }),
};

const messages: Target = {
  label: 'messages',
  sources: [...messageSources, lockfile],
  result: join(web, 'src/lib/paraglide/messages.js'),
  stamp: join(generated, 'messages.stamp'),
  make: () =>
    runPackage(
      '@inlang/paraglide-js',
      [
        'compile',
        '--project',
        './project.inlang',
        '--outdir',
        './src/lib/paraglide',
        '--strategy',
        'baseLocale',
      ],
      { folder: web, program: 'paraglide-js' },
    ),
};

const documents: Target = {
  label: 'documents',
  sources: [schema, join(root, 'codegen.ts'), join(web, 'src'), lockfile],
  result: join(web, 'src/lib/graphql/generated/graphql.ts'),
  stamp: join(generated, 'documents.stamp'),
  make: () =>
    runPackage('@graphql-codegen/cli', ['--config', 'codegen.ts'], {
      folder: root,
      program: 'graphql-codegen',
    }),
};

const webPages: Target = {
  label: 'web pages',
  sources: [
    ...messageSources,
    schema,
    lockfile,
    join(root, 'scripts/page-files.ts'),
    ...['src', 'static', 'package.json', 'vite.config.ts', 'tsconfig.json'].map((name) => join(web, name)),
  ],
  result: join(web, 'build/index.html'),
  stamp: join(web, 'build/.stamp'),
  async make() {
    await runPackage('vite', ['build'], { folder: web, env: { NODE_ENV: 'production' } });
    await writePreloads(web);
  },
};

async function isFresh(target: Target): Promise<boolean> {
  if (!existsSync(target.result)) return false;
  const stamp = await readFile(target.stamp, 'utf8').catch(() => '');
  return stamp !== '' && stamp === (await hashFiles(target.sources));
}

async function make(target: Target, print: (line: string) => void): Promise<void> {
  // Another build may have made it while this one waited for its turn.
  if (await isFresh(target)) return;
  const started = performance.now();
  // First of all: a build that is cut off must not leave a stamp that vouches for half a result.
  await rm(target.stamp, { force: true });
  const hash = await hashFiles(target.sources);
  await target.make();
  await mkdir(dirname(target.stamp), { recursive: true });
  await writeFile(target.stamp, hash);
  print(`${target.label}: built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

async function build(targets: readonly Target[], print: (line: string) => void): Promise<void> {
  for (const target of targets) {
    if (await isFresh(target)) continue;
    await mkdir(generated, { recursive: true });
    await withFileLock(join(generated, '.build.lock'), () => make(target, print));
  }
}

const { values: options } = parseArgs({
  options: { 'no-web': { type: 'boolean' }, 'no-pages': { type: 'boolean' }, quiet: { type: 'boolean' } },
});

function targets(): readonly Target[] {
  if (options['no-web'] || !existsSync(join(web, 'vite.config.ts'))) return [prismaClient];
  return [prismaClient, messages, documents, ...(options['no-pages'] ? [] : [webPages])];
}

try {
  await build(targets(), (line) => {
    if (!options.quiet) console.log(line);
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
