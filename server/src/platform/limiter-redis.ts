import { Redis } from 'ioredis';
import type { Log } from './log.ts';

/** Counts of attempts to sign in are worth no wait: while Redis is away each node counts for itself. */
export function openLimiterRedis(url: string, log: Log): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // A server that has fallen silent is away too.
    commandTimeout: 500,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  });
  redis.on('error', (error: unknown) => log.debug({ err: error }, 'redis of the login guard'));
  return redis;
}
