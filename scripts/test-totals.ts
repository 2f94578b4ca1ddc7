import { appendFileSync } from 'node:fs';
import type { Reporter, TestModule, TestSuite } from 'vitest/node';

/**
 * Stands beside vitest's own reporter. Under CI a skipped test fails the run: nobody reads a log for what
 * was left out. Where `TEST_TOTALS` names a file, a line `PASSED FAILED` is added to it.
 */
export default class TestTotals implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter((test) => test.result().state === state);
    const skipped = process.env['CI'] ? [...inState('skipped'), ...inState('pending')] : [];
    if (skipped.length > 0) {
      const names = skipped.map((test) => `  ${test.module.relativeModuleId}: ${test.fullName}`);
      console.error(`Skipped, and under CI that counts as failed:\n${names.join('\n')}`);
      process.exitCode = 1;
    }
    const passed = inState('passed').length;
    const failed = inState('failed').length + skipped.length + brokenSuites(modules) + errors.length;
    const totals = process.env['TEST_TOTALS'];
    if (totals) appendFileSync(totals, `${passed} ${failed}\n`);
  }
}

/** Files and groups that broke outside any test of theirs: in an import, a hook or a syntax error. */
function brokenSuites(modules: readonly TestModule[]): number {
  const suites: (TestModule | TestSuite)[] = modules.flatMap((module) => [
    module,
    ...module.children.allSuites(),
  ]);
  return suites.filter((suite) => suite.errors().length > 0).length;
}
