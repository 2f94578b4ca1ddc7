// @module-tag cli
// @module-tag db
import { expect, test } from 'vitest';
import { openBus } from '../platform/bus.ts';
import { withDatabase } from '../../test/database.ts';
import { openNodeLog } from './node-log.ts';

const settings = {
  logLevel: 'silent',
  logStoreLevel: 'info',
  logKeepDays: 14,
  logKeepEntries: 1_000,
  databaseUrl: 'postgresql://app:of-the-database@db/shop',
  redisUrl: 'redis://:of-redis@cache',
  metricsToken: 'of-the-metrics',
  authKeys: 'one:of-the-tokens,two:of-older-tokens',
} as const;

const fail = (error: unknown) => {
  throw error;
};

test('a node keeps what it said before and after it had a database, without the secrets of its settings', () =>
  withDatabase(async ({ db }) => {
    const node = openNodeLog(settings);
    const bus = openBus({ redisUrl: null, onError: fail });
    node.log.info('starts with of-redis of-the-database of-the-metrics of-the-tokens of-older-tokens');
    const kept = node.keep({ db, bus, databaseUrl: 'postgresql://app:of-embedded@127.0.0.1/shop' });
    node.log.info('runs with of-embedded');
    node.log.debug('every step');
    await kept.close();
    await bus.close();
    const entries = await db.logEntry.findMany({ orderBy: { id: 'asc' } });
    expect(entries.map(({ message }) => message)).toEqual([
      'starts with *** *** *** *** ***',
      'runs with ***',
    ]);
    node.log.info('too late');
    expect(node.droppedCount()).toBe(1);
  }));
