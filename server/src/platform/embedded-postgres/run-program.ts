import { spawn } from 'node:child_process';
import type { SystemUser } from './system-user.ts';

export interface Ended {
  /** Null when a signal ended it or it could not be started. */
  readonly status: number | null;
  /** What it said, on both streams, or why it could not be started. */
  readonly output: string;
}

/** Nothing of the caller's own dealings with other servers: PGDATA, PGPORT and their like change what programs do. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  // Messages in English: some of them are read.
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

/**
 * How a program of PostgreSQL ended, run as that user or, for null, as ours. Never throws. It gets no signal
 * of the terminal: Ctrl-C must not break off a shutdown half-way.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  user: SystemUser | null,
): Promise<Ended> {
  // Why it cannot be started Node emits or throws, as the reason is: a user that we may not become is thrown.
  return run(program, args, user).catch((error: Error) => ({ status: null, output: error.message }));
}

function run(program: string, args: readonly string[], user: SystemUser | null): Promise<Ended> {
  return new Promise((settle, fail) => {
    const posix = process.platform !== 'win32';
    let output = '';
    const child = spawn(program, args, {
      ...user,
      env: environment(),
      detached: posix,
      windowsHide: true,
      // The folder that we are in may be closed to the user.
      ...(posix ? { cwd: '/' } : {}),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.once('error', fail);
    // On Windows the server that pg_ctl leaves behind keeps the pipes, so they never close.
    child.once(posix ? 'close' : 'exit', (status: number | null) => settle({ status, output }));
  });
}
