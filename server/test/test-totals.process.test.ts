// @module-tag project
// @module-tag process
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const reporter = resolve(import.meta.dirname, '../../scripts/test-totals.ts');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'test-totals-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a test file of this text with the reporter in place; totals are the lines that it wrote. */
function runTests(text: string, environment: Record<string, string>) {
  const totals = join(folder, 'totals');
  writeFileSync(join(folder, 'a.test.js'), text);
  writeFileSync(
    join(folder, 'vitest.config.js'),
    `export default { test: { globals: true, reporters: [${JSON.stringify(reporter)}] } };`,
  );
  const { status, stderr } = spawnSync(process.execPath, [vitest, 'run'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, CI: undefined, VITEST: undefined, TEST_TOTALS: totals, ...environment },
  });
  return { status, stderr, totals: readFileSync(totals, 'utf8') };
}

const skipping = `test('runs', () => {}); describe('here', () => { test.skip('is left out', () => {}); });`;

test('a skipped test fails the run under CI, and is named', () => {
  const run = runTests(skipping, { CI: 'true' });
  expect(run).toMatchObject({ status: 1, totals: '1 1\n' });
  expect(run.stderr).toContain('a.test.js: here > is left out');
});

test('a skipped test is nobody’s fault at home', () => {
  expect(runTests(skipping, {})).toMatchObject({ status: 0, totals: '1 0\n' });
});

test.each([
  ['a test', `test('a', () => {}); test('b', () => { throw new Error('b'); });`, '1 1\n'],
  ['an import', `import './nowhere.js'; test('a', () => {});`, '0 1\n'],
  ['a rejection that nobody awaits', `test('a', () => { Promise.reject(new Error('b')); });`, '1 1\n'],
])('what breaks counts as failed: %s', (_what, text, totals) => {
  expect(runTests(text, { CI: 'true' })).toMatchObject({ status: 1, totals });
});
