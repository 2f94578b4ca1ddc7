import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { importingNodeEnv, importingNodeFlags } from '../server/src/platform/node-process.ts';

/** Becomes the server, in a process whose memory is set up for imports: `node scripts/serve.ts`. */
const main = resolve(import.meta.dirname, '../server/src/main.ts');
const args = [...importingNodeFlags, main, ...process.argv.slice(2)];
const env = { ...process.env, ...importingNodeEnv };

if (process.platform !== 'win32' && process.execve) {
  // The process stays the same one, for whoever watches it or signals it.
  process.execve(process.execPath, [process.execPath, ...args], env);
} else {
  // Nothing takes the place of a process there. Ctrl-C reaches both, and the server is the one to end by it.
  process.on('SIGINT', () => undefined);
  const server = spawn(process.execPath, args, { env, stdio: 'inherit' });
  server.on('exit', (code) => process.exit(code ?? 1));
}
