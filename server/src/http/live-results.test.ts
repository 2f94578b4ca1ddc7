// @module-tag http
import { setTimeout as wait } from 'node:timers/promises';
import type { ExecutionResult } from 'graphql';
import { expect, test } from 'vitest';
import { Latest } from '../shared/latest.ts';
import type { Deliver } from './caller.ts';
import { LiveResults } from './live-results.ts';

interface Given {
  readonly deliver?: Deliver;
  readonly resultOf?: (event: string) => ExecutionResult | Promise<ExecutionResult>;
  /** The session has ended before. */
  readonly isOver?: boolean;
}

const resultOf = (event: string): ExecutionResult => ({ data: { event } });

/** Results of events that the test puts in, for a session that it ends. */
function open({ deliver, resultOf: give = resultOf, isOver = false }: Given = {}) {
  const events = new Latest<string>();
  const session = new AbortController();
  if (isOver) session.abort();
  let isLiveOpen = true;
  const live = { current: () => null, ended: session.signal, close: () => (isLiveOpen = false) };
  const results = new LiveResults(events, {
    resultOf: (event) => give(event as string),
    ...{ deliver: deliver ?? null, live },
  });
  return {
    results,
    events,
    put: (event: string) => events.put(event, event),
    end: () => session.abort(),
    isOpen: () => isLiveOpen,
  };
}

const refused = { done: false, value: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } };
const done = { done: true, value: undefined };

test('a reader gets the results in order, and the end after the last', async () => {
  const { results, events, put, isOpen } = open();
  const first = results.next();
  put('a');
  put('b');
  expect([(await first).value, (await results.next()).value]).toEqual([resultOf('a'), resultOf('b')]);
  events.end();
  expect([await results.next(), await results.next(), isOpen()]).toEqual([done, done, false]);
});

test('what could be delivered does not come to the reader as well', async () => {
  const delivered: ExecutionResult[] = [];
  const deliver = (result: ExecutionResult) => !result.errors && delivered.push(result) > 0;
  const failed = { errors: [] };
  const { results, events, put } = open({
    deliver,
    resultOf: async (event) => (event === 'fails' ? failed : resultOf(event)),
  });
  for (const event of ['a', 'b', 'fails', 'c']) put(event);
  expect((await results.next()).value).toBe(failed);
  expect(delivered).toEqual([resultOf('a'), resultOf('b')]);
  const last = results.next();
  events.end();
  expect(await last).toEqual(done);
  expect(delivered).toEqual([resultOf('a'), resultOf('b'), resultOf('c')]);
});

test('the end of the session is told at once, though nothing happens', async () => {
  const { results, end, isOpen } = open();
  const waiting = [results.next(), results.next()];
  end();
  expect(await Promise.all(waiting)).toMatchObject([refused, done]);
  expect([await results.next(), isOpen()]).toEqual([done, false]);
});

test('a session that is over already has no results', async () => {
  const { results, put, isOpen } = open({ isOver: true });
  put('a');
  expect([isOpen(), await results.next(), await results.next()]).toMatchObject([false, refused, done]);
});

test('a result that is there after the end of the session is for nobody', async () => {
  const slow = Promise.withResolvers<ExecutionResult>();
  const delivered: ExecutionResult[] = [];
  const { results, put, end } = open({
    deliver: (result) => delivered.push(result) > 0,
    resultOf: () => slow.promise,
  });
  const next = results.next();
  put('a');
  await wait();
  end();
  slow.resolve(resultOf('a'));
  expect(await next).toMatchObject(refused);
  await wait();
  expect([await results.next(), delivered]).toEqual([done, []]);
});

test('who has enough ends the source too, and is told no word of it', async () => {
  const { results, events, put, end, isOpen } = open();
  const waiting = results.next();
  expect(await results.return()).toEqual(done);
  end();
  put('a');
  expect([await waiting, await results.next(), await events.next(), isOpen()]).toEqual([
    ...[done, done, done],
    false,
  ]);
});

test('a source that breaks is said to whoever waits, and that is the end', async () => {
  const broken = new Error('broken');
  let isLiveOpen = true;
  const ended = new AbortController().signal;
  const results = new LiveResults(
    (async function* () {
      yield 'a';
      throw broken;
    })(),
    {
      ...{ resultOf: () => resultOf('a'), deliver: null },
      live: { current: () => null, ended, close: () => (isLiveOpen = false) },
    },
  );
  expect((await results.next()).value).toEqual(resultOf('a'));
  await expect(results.next()).rejects.toBe(broken);
  expect([isLiveOpen, await results.next()]).toEqual([false, done]);
});

test('a source that always has more leaves time for everybody else, while it is delivered', async () => {
  let count = 0;
  const most = 100_000;
  const always = (async function* () {
    for (let at = 0; at < most; at++) yield 'more';
  })();
  const results = new LiveResults(always, {
    ...{ resultOf: () => resultOf('more'), live: null },
    deliver: () => (count += 1) > 0,
  });
  const next = results.next();
  await wait(1);
  expect([count > 0, count < most]).toEqual([true, true]);
  await results.return();
  expect(await next).toEqual(done);
});
