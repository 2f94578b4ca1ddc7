// @module-tag pipeline
import { once } from 'node:events';
import { getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';

test.skipIf(process.platform !== 'linux')('a thread that steps back does so alone', async () => {
  const own = getPriority();
  const thread = new Worker(
    `import(${JSON.stringify(new URL('./step-back.ts', import.meta.url).href)}).then(({ stepBack }) => {
      stepBack();
      require('node:worker_threads').parentPort.postMessage(require('node:os').getPriority());
    });`,
    { eval: true },
  );
  const [priority] = (await once(thread, 'message')) as [number];
  await thread.terminate();
  expect(priority).toBeGreaterThan(own);
  expect(getPriority()).toBe(own);
});
