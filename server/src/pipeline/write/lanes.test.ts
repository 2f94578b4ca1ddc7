// @module-tag pipeline
import { expect, test } from 'vitest';
import { Lanes } from './lanes.ts';

const nowhere = { databaseUrl: 'postgresql://nobody@127.0.0.1:1/none', databaseIsEmbedded: false };

/** Work of the test's own on three lanes, none of which needs its connection. */
function openLanes(widthNow: () => number) {
  const lanes = new Lanes(nowhere, 3, widthNow);
  const running: PromiseWithResolvers<void>[] = [];
  let atWork = 0;
  let most = 0;
  const begin = () =>
    lanes.run(async () => {
      most = Math.max(most, ++atWork);
      const work = Promise.withResolvers<void>();
      running.push(work);
      await work.promise.finally(() => atWork--);
    });
  return {
    ...{ lanes, running, begin },
    atWork: () => atWork,
    most: () => most,
    end: async (at: number) => {
      running[at]?.resolve();
      await running[at]?.promise;
    },
  };
}

test('as many lanes are at work as may be, also when that changes', async () => {
  let width = 3;
  const { lanes, running, begin, atWork, end } = openLanes(() => width);
  await Promise.all([begin(), begin(), begin()]);
  expect(atWork()).toBe(3);

  width = 1;
  let begun = false;
  const fourth = begin().then(() => (begun = true));
  await end(0);
  await end(1);
  await Promise.race([fourth, new Promise(setImmediate)]);
  expect([begun, atWork()]).toEqual([false, 1]);
  await end(2);
  await fourth;
  expect(atWork()).toBe(1);

  width = 2;
  await begin();
  expect(atWork()).toBe(2);
  for (const { resolve } of running) resolve();
  await lanes.settle();
  await lanes.close();
});

test.for([
  [0, 1],
  [2, 2],
  [9, 3],
] as const)('a width of %i of three lanes lets %i work', async ([width, expected]) => {
  const { lanes, running, begin, most } = openLanes(() => width);
  const begun = Array.from({ length: 5 }, begin);
  for (const beginning of begun) {
    await beginning;
    if (most() === expected) running.at(-1)?.resolve();
  }
  for (const { resolve } of running) resolve();
  await lanes.settle();
  expect(most()).toBe(expected);
  await lanes.close();
});
