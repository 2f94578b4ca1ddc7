import { setTimeout as wait } from 'node:timers/promises';

/** Longest that anything is waited for: what takes seconds takes minutes where others use the machine too. */
const patienceMs = 300_000;

/** Resolves when the condition holds; rejects, saying what was waited for, when it never does. */
export async function until(
  condition: () => Promise<boolean> | boolean,
  what = String(condition),
): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`${what} did not come in ${patienceMs / 1000} s`);
    await wait(15);
  }
}
