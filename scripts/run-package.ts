import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

interface Options {
  /** Where the program runs, and the package from which it is looked for. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The program's name, where it is not the package's own. */
  readonly program?: string;
}

const serverPrograms = resolve(import.meta.dirname, '../server/node_modules/.bin');

/** The file that a package installs as this program. */
export function programOf(name: string, program: string, folder: string): string {
  // Not by `require`: a package may not let its package.json be asked for.
  const manifest = findPackageJSON(name, join(folder, 'package.json'));
  if (manifest === undefined) throw new Error(`The package ${name} is not installed.`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: string | Record<string, string> };
  const file = typeof bin === 'string' ? bin : bin[program];
  if (file === undefined) throw new Error(`The package ${name} has no program ${program}.`);
  return join(dirname(manifest), file);
}

/**
 * Runs the program that an installed package brings, with this very Node: the links in `.bin` are shell
 * scripts, which Windows does not run. Prints nothing; throws an error with all that the program said when
 * it fails.
 */
export async function runPackage(name: string, args: readonly string[], options: Options): Promise<void> {
  const child = spawn(process.execPath, [programOf(name, options.program ?? name, options.folder), ...args], {
    cwd: options.folder,
    // Prisma looks for its generators on the path, and the server is the one that installs them.
    env: {
      ...process.env,
      PATH: `${serverPrograms}${delimiter}${process.env['PATH'] ?? ''}`,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((settle, fail) => child.once('error', fail).once('close', settle));
  const [status, out, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (status !== 0) throw new Error(`${name} ${args.join(' ')} failed.\n${out}${errors}`.trimEnd());
}
