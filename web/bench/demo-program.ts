import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../server/test/free-port.ts';

export interface DemoProgram extends AsyncDisposable {
  /** `http://localhost:PORT`, without a slash at the end. */
  readonly origin: string;
}

const main = resolve(import.meta.dirname, '../../server/src/main.ts');
const patienceMs = 120_000;

/** The real program with the demo in a data folder of its own, ready and at rest. */
export async function startDemoProgram(
  settings: Readonly<Record<string, string>> = {},
): Promise<DemoProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'pages-bench-'));
  // The database server of a root user runs as another one.
  await chmod(folder, 0o755);
  const port = await freePort();
  const env = {
    ...process.env,
    ...{ PORT: String(port), HOST: '127.0.0.1', DATA_DIR: `${folder}/data`, LOG_LEVEL: 'warn', DEMO: 'on' },
    ...settings,
  };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const deadline = performance.now() + patienceMs;
  // It says so when the first imports are done: from then on nothing disturbs the measurement.
  while (!printed.includes('Ready: ')) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await stop();
      throw new Error(`The server did not start:\n${printed}`);
    }
    await wait(100);
  }
  return { origin: `http://localhost:${port}`, [Symbol.asyncDispose]: stop };
}
