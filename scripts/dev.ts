import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { importingNodeEnv, importingNodeFlags } from '../server/src/platform/node-process.ts';
import { programOf } from './run-package.ts';

/**
 * The server, started anew whenever its code changes, and Vite before it, which shows each change of a page at once:
 * `node scripts/dev.ts`. Ctrl-C ends both, and so does the end of either.
 */
const root = resolve(import.meta.dirname, '..');
const web = join(root, 'web');
const port = process.env['PORT'] || '4000';

const start = (
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): ChildProcess =>
  spawn(process.execPath, args, { cwd: folder, env: { ...process.env, ...env }, stdio: 'inherit' });

const server = start(
  root,
  ['--watch', '--watch-preserve-output', ...importingNodeFlags, join(root, 'server/src/main.ts')],
  importingNodeEnv,
);
const pages = start(web, [programOf('vite', 'vite', web), 'dev'], { API_URL: `http://localhost:${port}` });

// The terminal tells all three; a signal to this process alone is passed on.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end(signal));

function end(signal: NodeJS.Signals): void {
  for (const child of [server, pages]) if (child.exitCode === null) child.kill(signal);
}

const ends = [server, pages].map((child) => once(child, 'exit'));
await Promise.race(ends);
end('SIGTERM');
await Promise.all(ends);
