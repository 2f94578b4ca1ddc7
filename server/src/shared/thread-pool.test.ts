// @module-tag shared
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../test/fetching.ts';
import { openThreadPool, wrapperBudgetFlag } from './thread-pool.ts';

// A V8 that has it no more says so at every start, and may not have the fault any more.
test('V8 knows the flag that keeps threads from killing the process', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--v8-options'], { maxBuffer: 1 << 24 });
  expect(stdout).toContain(`${wrapperBudgetFlag} (`);
});

// Piscina does nothing, and says nothing, where the package that it sets priorities with is not installed.
test.skipIf(process.platform !== 'linux')('threads that let others go first do so alone', async () => {
  const filename = join(await temporaryFolder(), 'priority.mjs');
  await writeFile(filename, `export { getPriority as default } from 'node:os';`);
  const own = getPriority();
  const pool = openThreadPool({
    ...{ filename, threads: 1, resourceLimits: {}, niceIncrement: 7 },
    onFault: () => undefined,
  });
  onTestFinished(() => pool.destroy());
  expect(await pool.run(0)).toBe(Math.min(own + 7, 19));
  expect(getPriority()).toBe(own);
});
