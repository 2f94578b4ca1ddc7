// @module-tag shared
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { wrapperBudgetFlag } from './thread-pool.ts';

// A V8 that has it no more says so at every start, and may not have the fault any more.
test('V8 knows the flag that keeps threads from killing the process', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--v8-options'], { maxBuffer: 1 << 24 });
  expect(stdout).toContain(`${wrapperBudgetFlag} (`);
});
