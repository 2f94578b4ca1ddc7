// @module-tag user
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { buses, redis as redisServer, startRedisForTests } from '../../../test/buses.ts';
import { openLimiterRedis } from '../../platform/limiter-redis.ts';
import { createLog } from '../../platform/log.ts';
import { LoginGuard } from './login-guard.ts';
import { TooManyAttemptsError } from './user.errors.ts';

startRedisForTests();

const few = { failures: 3, seconds: 60 };
const many = { failures: 1_000, seconds: 60 };
const address = '192.0.2.1';

/** How many of these attempts, all at once, are let through. */
async function countOf(guard: LoginGuard, attempts: { email: string; address: string }[]): Promise<number> {
  const begun = await Promise.allSettled(attempts.map((attempt) => guard.begin(attempt)));
  return begun.filter(({ status }) => status === 'fulfilled').length;
}

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at));

test('an account takes so many failures, however its address is written and wherever they come from', async () => {
  const guard = new LoginGuard({ byAccount: few, byAddress: many });
  const spellings = ['a@shöp.example', ' A@shöp.example', 'a@XN--shp-tna.example '];
  const attempts = times(9, (at) => ({ email: spellings[at % 3] ?? '', address: `192.0.2.${at}` }));
  expect(await countOf(guard, attempts)).toBe(3);
  expect(await countOf(guard, [{ email: 'b@shop.example', address }])).toBe(1);
});

test.each([
  ['an IPv4 address', ['192.0.2.1', '::ffff:192.0.2.1'], '192.0.2.2'],
  ['a network of IPv6', ['2001:db8:1:2::1', '2001:0db8:1:2:ffff::9'], '2001:db8:1:3::1'],
  ['no address that we know', ['', 'unix:'], '192.0.2.2'],
])('%s has so many failures, for whatever accounts', async (_what, same, other) => {
  const guard = new LoginGuard({ byAccount: many, byAddress: few });
  const attempts = times(9, (at) => ({ email: `${at}@shop.example`, address: same[at % same.length] ?? '' }));
  expect(await countOf(guard, attempts)).toBe(3);
  expect(await countOf(guard, [{ email: 'a@shop.example', address: other }])).toBe(1);
});

test('a refusal says in how many seconds it can be tried again', async () => {
  const guard = new LoginGuard({ byAccount: few, byAddress: many });
  const attempt = { email: 'a@shop.example', address };
  await countOf(
    guard,
    times(3, () => attempt),
  );
  const refusal = await guard.begin(attempt).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(TooManyAttemptsError);
  const { retryAfterSeconds, message } = refusal as TooManyAttemptsError;
  expect(retryAfterSeconds).toBeGreaterThan(50);
  expect(retryAfterSeconds).toBeLessThanOrEqual(60);
  expect(message).toContain(`${retryAfterSeconds} seconds`);
});

test('who signs in forgives the failures of the account, and is none of the address', async () => {
  const guard = new LoginGuard({ byAccount: few, byAddress: few });
  const attempt = { email: 'a@shop.example', address };
  for (let time = 0; time < 10; time++) {
    await guard.begin(attempt);
    await guard.succeed(attempt);
  }
  expect(
    await countOf(
      guard,
      times(5, () => attempt),
    ),
  ).toBe(3);
});

test('while Redis cannot be reached, the node counts for itself', async () => {
  const redis = new Redis({ host: '127.0.0.1', port: 1, lazyConnect: true });
  const guard = new LoginGuard({ redis, byAccount: few, byAddress: many });
  const attempt = { email: 'a@shop.example', address };
  expect(
    await countOf(
      guard,
      times(9, () => attempt),
    ),
  ).toBe(3);
  redis.disconnect();
});

test.skipIf(buses[1]?.missing !== null)(
  'while Redis is there and answers nothing, the node counts for itself',
  async () => {
    const redis = openLimiterRedis(redisServer().url, createLog('silent'));
    onTestFinished(() => redis.disconnect());
    await once(redis, 'ready');
    const guard = new LoginGuard({ redis, byAccount: few, byAddress: many });
    const attempt = { email: 'a@shop.example', address };
    await redis.client('PAUSE', 600_000, 'ALL');
    expect(
      await countOf(
        guard,
        times(9, () => attempt),
      ),
    ).toBe(3);
    await guard.succeed(attempt);
  },
);
