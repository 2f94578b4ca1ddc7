// @module-tag platform
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tryFileLock, withFileLock, type LockMode } from './file-lock.ts';

function lockFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'file-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'some.lock');
}

test.each<[held: LockMode, wanted: LockMode, granted: boolean]>([
  ['exclusive', 'exclusive', false],
  ['exclusive', 'shared', false],
  ['shared', 'exclusive', false],
  ['shared', 'shared', true],
])('beside a lock that is %s one that is %s is granted: %s', (held, wanted, granted) => {
  const file = lockFile();
  const first = tryFileLock(file, held);
  expect(tryFileLock(file, wanted) !== null).toBe(granted);
  first?.release();
  expect(tryFileLock(file, 'shared')).not.toBeNull();
});

test('actions under one file run one after the other, also after one that fails', async () => {
  const file = lockFile();
  const running: number[] = [];
  let most = 0;
  const action = (number: number) =>
    withFileLock(file, async () => {
      most = Math.max(most, running.push(number));
      await new Promise(setImmediate);
      running.pop();
      if (number === 2) throw new RangeError('second');
      return number;
    });
  const outcomes = await Promise.allSettled([1, 2, 3].map(action));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(most).toBe(1);
});

test('a lock file that cannot be made is an error and no endless wait', async () => {
  await expect(withFileLock(join(lockFile(), 'below/a.lock'), () => 1)).rejects.toThrow(/cannot be used/);
});
