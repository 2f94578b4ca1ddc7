// @module-tag web
import type { Client, FormattedExecutionResult } from 'graphql-ws';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Connection } from './connection.svelte.ts';
import type { Session } from './session.svelte.ts';
import { watchBySocket } from './socket.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Sink = Parameters<Client['subscribe']>[1];
const longestWaitMs = 20_000;
const errors = (code: string) => [{ message: code, extensions: { code } }] as never;

/** A subscription whose server is the test. */
function watch() {
  const attempts: Sink[] = [];
  const stopped: Sink[] = [];
  const subscribe = (_operation: unknown, sink: Sink) => {
    attempts.push(sink);
    return () => void stopped.push(sink);
  };
  const asked = { refreshes: 0 };
  const refresh = () => {
    asked.refreshes += 1;
    return Promise.resolve(true);
  };
  const connection = new Connection();
  connection.hearConnected();
  const heard: unknown[] = [];
  const end = watchBySocket(
    { subscribe } as unknown as Client,
    { refresh } as unknown as Session,
    connection,
    { query: 'subscription { statsChanged { id } }' },
    {
      next: (result: FormattedExecutionResult) => heard.push(result.data ?? result.errors?.[0]?.message),
      complete: () => heard.push('complete'),
    },
  );
  return { attempts, stopped, asked, connection, heard, end };
}

/** How a server refuses: at once, or with an event that is all errors. */
const ways: readonly [string, (sink: Sink | undefined, code: string) => void][] = [
  ['at once', (sink, code) => sink?.error(errors(code))],
  ['with its first event', (sink, code) => (sink?.next({ errors: errors(code) }), sink?.complete())],
];

test.each(
  ways.flatMap(([way, refuse]) =>
    ['INTERNAL', 'TIMEOUT', 'TOO_BUSY'].map((code) => [code, way, refuse] as const),
  ),
)('what is refused as %s %s is asked for again, and is not live meanwhile', async (code, _way, refuse) => {
  const { attempts, asked, connection, heard } = watch();
  refuse(attempts[0], code);
  expect([heard, connection.lostAt]).toEqual([[], expect.any(Date)]);
  await vi.advanceTimersByTimeAsync(longestWaitMs);
  refuse(attempts[1], code);
  await vi.advanceTimersByTimeAsync(longestWaitMs);
  expect(attempts.length).toBe(3);
  attempts[2]?.next({ data: { now: 1 } });
  expect([heard, connection.lostAt, connection.backAt]).toEqual([[{ now: 1 }], null, expect.any(Date)]);
  expect(asked.refreshes).toBe(0);
});

test.each(
  ways.flatMap(([way, refuse]) =>
    ['FORBIDDEN', 'NOT_FOUND', 'BAD_REQUEST'].map((code) => [code, way, refuse] as const),
  ),
)('%s %s is the last that is heard', async (code, _way, refuse) => {
  const { attempts, connection, heard } = watch();
  refuse(attempts[0], code);
  await vi.advanceTimersByTimeAsync(longestWaitMs);
  expect([heard, attempts.length, connection.lostAt]).toEqual([[code, 'complete'], 1, null]);
});

test('an expired token is renewed at once, and one that is refused all the same is tried later', async () => {
  const { attempts, asked } = watch();
  attempts[0]?.error(errors('UNAUTHENTICATED'));
  await vi.advanceTimersByTimeAsync(0);
  expect([attempts.length, asked.refreshes]).toEqual([2, 1]);
  attempts[1]?.error(errors('UNAUTHENTICATED'));
  await vi.advanceTimersByTimeAsync(0);
  expect(attempts.length).toBe(2);
  await vi.advanceTimersByTimeAsync(longestWaitMs);
  expect([attempts.length, asked.refreshes]).toEqual([3, 2]);
});

test('an event that fails is asked for anew, and what the first attempt still says is not heard', async () => {
  const { attempts, stopped, heard } = watch();
  attempts[0]?.next({ data: { now: 1 } });
  attempts[0]?.next({ errors: errors('INTERNAL') });
  expect(stopped).toEqual([attempts[0]]);
  attempts[0]?.complete();
  await vi.advanceTimersByTimeAsync(longestWaitMs);
  attempts[1]?.next({ data: { now: 2 } });
  attempts[1]?.complete();
  expect(heard).toEqual([{ now: 1 }, { now: 2 }, 'complete']);
});

test('who leaves while it waits hears nothing, and leaves no lost link behind', async () => {
  const { attempts, connection, end } = watch();
  attempts[0]?.error(errors('INTERNAL'));
  end();
  expect([connection.lostAt, connection.backAt]).toEqual([null, null]);
  await vi.advanceTimersByTimeAsync(longestWaitMs);
  expect(attempts.length).toBe(1);
});

test('the link is back when all that was refused is', async () => {
  const connection = new Connection();
  connection.hearConnected();
  const [one, other] = [connection.hearRefused(), connection.hearRefused()];
  one(true);
  connection.hearConnected();
  expect(connection.lostAt).not.toBeNull();
  other(true);
  expect(connection.lostAt).toBeNull();
});

test('to try now is to try all that waits', async () => {
  const connection = new Connection();
  const waits = Promise.all([connection.waitBeforeRetry(9), connection.waitBeforeRetry(9)]);
  connection.tryNow();
  await waits;
});
