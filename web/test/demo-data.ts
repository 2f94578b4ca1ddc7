import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { startProgram } from '../../server/test/programs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What a server keeps whose demo's first imports have ended. It is to be copied, and never used itself. */
    demoData: string;
  }
}

/** Vitest's global setup: the demo's stores are made once, and each server of the tests begins with a copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const data = await mkdtemp(join(tmpdir(), 'demo-data-'));
  const remove = () => rm(data, { recursive: true, force: true });
  try {
    // A server of another user has to enter it.
    await chmod(data, 0o755);
    const program = startProgram('main.ts', { env: { PORT: '0', DATA_DIR: data, LOG_LEVEL: 'warn' } });
    await program.says(/Ready: /);
    program.signal('SIGINT');
    const { status, stderr } = await program.ended;
    if (status !== 0) throw new Error(`The demo did not end as it should:\n${stderr}`);
  } catch (error) {
    await remove();
    throw error;
  }
  project.provide('demoData', data);
  return remove;
}

/** With its owners: PostgreSQL starts only where its folder belongs to it. */
export async function copyDemoData(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-a', from, to]);
}
