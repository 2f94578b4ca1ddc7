// @module-tag http
import { afterEach, expect, test, vi } from 'vitest';
import { createHealth, isReady, type HealthOptions, type LifePhase } from './health.ts';

afterEach(() => vi.useRealTimers());

const open = (values: Partial<HealthOptions> = {}) =>
  createHealth({ version: '1.2.3', phase: () => 'ready', pingDatabase: async () => 1, ...values });

const fails = () => Promise.reject(new Error('away'));
const hangs = () => new Promise<never>(() => undefined);

test.each([
  ['answers', async () => 'PONG', 'up'],
  ['fails', fails, 'down'],
  ['hangs', hangs, 'down'],
])(
  'a server of events that %s is said to be so, and the node is ready all the same',
  async (_what, pingEvents, events) => {
    const report = await open({ pingEvents })();
    expect(report).toMatchObject({ status: 'ok', database: 'up', events });
    expect(isReady(report)).toBe(true);
  },
);

test('where events stay in the process nothing is said of them', async () => {
  expect(await open()()).not.toHaveProperty('events');
});

test('database and events are waited for at the same time', async () => {
  const began = performance.now();
  expect(await open({ pingDatabase: hangs, pingEvents: hangs })()).toMatchObject({
    database: 'down',
    events: 'down',
  });
  expect(performance.now() - began).toBeLessThan(3_500);
});

const phases: readonly [LifePhase, 'up' | 'down', boolean][] = [
  ['ready', 'up', true],
  ['ready', 'down', false],
  ['starting', 'up', false],
  ['stopping', 'up', false],
];
test.each(phases)('while it is %s with its database %s, ready is %s', async (phase, database, ready) => {
  const pingDatabase = database === 'up' ? async () => 1 : fails;
  expect(isReady(await open({ phase: () => phase, pingDatabase })())).toBe(ready);
});

test('what the database answered half a second ago stands, then it is asked beside, and after a second waited for', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const answers = [async () => 1, fails, async () => 1, fails];
  let asked = 0;
  const health = open({ pingDatabase: () => answers[asked++]?.() ?? hangs() });
  const askedAfter = async (ms: number) => {
    vi.advanceTimersByTime(ms);
    const { database } = await health();
    return [database, asked];
  };
  expect(await askedAfter(0)).toEqual(['up', 1]);
  expect(await askedAfter(499)).toEqual(['up', 1]);
  expect(await askedAfter(1)).toEqual(['up', 2]);
  expect(await askedAfter(0)).toEqual(['down', 2]);
  expect(await askedAfter(1_000)).toEqual(['up', 3]);
  expect(await askedAfter(1_000)).toEqual(['down', 4]);
});

test('nothing is asked before the start is over', async () => {
  let asked = 0;
  const ping = async (): Promise<unknown> => asked++;
  const report = await open({ phase: () => 'starting', pingDatabase: ping, pingEvents: ping })();
  expect([asked, report.database, report.events]).toEqual([0, 'down', 'down']);
});
