// @module-tag platform
import { expect, test } from 'vitest';
import { oncePerOutage } from './outage.ts';

const refused = () =>
  Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });

function hear() {
  const heard: unknown[] = [];
  let atMs = 0;
  const onError = oncePerOutage(
    (error: unknown) => heard.push(error),
    () => atMs,
  );
  return { heard, onError, after: (ms: number) => (atMs += ms) };
}

test('an outage is said once, however it shows, and the next one again', () => {
  const { heard, onError, after } = hear();
  const first = new Error('Connection terminated unexpectedly');
  onError(first);
  for (let time = 0; time < 100; time++) {
    after(1_000);
    onError(refused());
    onError(new AggregateError([refused()]));
    onError({ message: 'Query read timeout (Queue: import-turns, Worker: 1)' });
    onError({ code: '57P03', message: 'the database system is starting up' });
    onError(new Error('not read', { cause: refused() }));
    onError({ code: 'P2010', meta: { driverAdapterError: { cause: { kind: 'DatabaseNotReachable' } } } });
  }
  expect(heard).toEqual([first]);
  after(30_000);
  const next = refused();
  onError(next);
  expect(heard).toEqual([first, next]);
});

test('what is wrong otherwise is said each time, during an outage too', () => {
  const { heard, onError } = hear();
  onError(refused());
  onError(new Error('a fault'));
  onError(new Error('a fault'));
  onError('a text');
  expect(heard).toHaveLength(4);
});
