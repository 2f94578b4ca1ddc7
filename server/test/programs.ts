import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';

/** One of our programs, run as a user runs it: in a process of its own, by its exit status and what it prints. */
export interface Program {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Resolves when standard output has the text; rejects when the program ends without it. */
  says(text: RegExp): Promise<RegExpExecArray>;
  /** As `kill` does. */
  signal(name: NodeJS.Signals): void;
  /** As Ctrl-C in a terminal does: everything that the program has started in its group gets it too. */
  pressCtrlC(): void;
}

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

const server = resolve(import.meta.dirname, '..');
/** As the scripts of package.json start them, in two thirds of the time. */
const compileCache = pathToFileURL(join(server, 'compile-cache.js')).href;
/** Settings of whoever runs the tests must not change what they do. */
const foreign =
  /^(PORT|HOST|DATA_DIR|DATABASE_URL|REDIS_URL|ROLE|DEMO|FEED_.*|IMPORT_.*|LOG_.*|AUTH_KEYS|GRAPH.*|CORS_ORIGINS|TRUSTED_PROXIES|SOCKETS_.*|DNS_SERVERS|METRICS_TOKEN|INIT_CWD|NODE_OPTIONS)$/;
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));

const started = new Set<number>();

/**
 * Ends what a failed test has left, with all that it has started. To be called last, since hooks run in reverse order,
 * and while tests are collected: a hook that is set up within another one is never called.
 */
export function endProgramsAfterTests(): void {
  afterAll(() => {
    for (const pid of started) signalGroup(pid, 'SIGKILL');
  });
}

function signalGroup(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch {
    // It has ended.
  }
}

interface Options {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** An open file instead of a pipe. */
  readonly stderr?: number;
}

/** Runs a file of `server/src`. */
export function startProgram(file: string, { args = [], env = {}, input, stderr }: Options = {}): Program {
  const child = spawn(process.execPath, ['--import', compileCache, join(server, 'src', file), ...args], {
    cwd: server,
    env: { ...environment, ...env },
    stdio: ['pipe', 'pipe', stderr ?? 'pipe'],
    detached: true,
  });
  const pid = child.pid ?? 0;
  started.add(pid);
  const printed = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
  child.stdin?.on('error', () => undefined).end(input);
  const ended = new Promise<Ended>((settle) => {
    child.once('close', (status, signal) => {
      started.delete(pid);
      settle({ status, signal, ...printed });
    });
  });
  return {
    pid,
    ended,
    signal: (name) => void process.kill(pid, name),
    pressCtrlC: () => signalGroup(pid, 'SIGINT'),
    says: (text) =>
      new Promise((settle, fail) => {
        const look = () => {
          const found = text.exec(printed.stdout);
          if (found) settle(found);
        };
        child.stdout?.on('data', look);
        look();
        void ended.then(() =>
          fail(new Error(`It ended without ${text.source}:\n${printed.stdout}${printed.stderr}`)),
        );
      }),
  };
}

/** How a program ended that was left alone. */
export const runProgram = (file: string, options: Options = {}): Promise<Ended> =>
  startProgram(file, options).ended;

/** A folder that is removed after the file's tests, and that a server of another user can enter. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'programs-'));
  chmodSync(folder, 0o755);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
