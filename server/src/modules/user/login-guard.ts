import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { addressKey } from '../../shared/address-key.ts';
import { storedEmail } from './email.ts';
import { TooManyAttemptsError } from './user.errors.ts';

/** Failures that are allowed in a time, from its first one on. */
interface Allowance {
  readonly failures: number;
  readonly seconds: number;
}

interface Options {
  /** Counts for all nodes together. Without one, or while it cannot be reached, each node counts for itself. */
  readonly redis?: Redis;
  readonly byAddress?: Allowance;
  readonly byAccount?: Allowance;
}

interface Attempt {
  readonly email: string;
  /** The IP address that it comes from. */
  readonly address: string;
}

type Limiter = RateLimiterMemory | RateLimiterRedis;

/**
 * Limits how often passwords can be tried: 30 failures in 5 minutes from an address, 10 in 15 minutes for an account.
 * An account is an email address, whether anybody has it or not, so that a limit says nothing about it.
 */
export class LoginGuard {
  readonly #addresses: Limiter;
  readonly #accounts: Limiter;

  constructor({ redis, byAddress, byAccount }: Options = {}) {
    this.#addresses = createLimiter('login-address', byAddress ?? { failures: 30, seconds: 300 }, redis);
    this.#accounts = createLimiter('login-account', byAccount ?? { failures: 10, seconds: 900 }, redis);
  }

  /**
   * Counts an attempt as failed before it is looked at, so that no number of them at once is too many. Throws
   * TooManyAttemptsError.
   */
  async begin({ email, address }: Attempt): Promise<void> {
    await consume(this.#addresses, addressKey(address));
    await consume(this.#accounts, accountKey(email));
  }

  /** Takes back what `begin` counted, and all earlier failures of the account. */
  async succeed({ email, address }: Attempt): Promise<void> {
    await this.#addresses.reward(addressKey(address));
    await this.#accounts.delete(accountKey(email));
  }
}

function createLimiter(keyPrefix: string, { failures, seconds }: Allowance, redis?: Redis): Limiter {
  const options = { keyPrefix, points: failures, duration: seconds };
  const memory = new RateLimiterMemory(options);
  if (!redis) return memory;
  return new RateLimiterRedis({
    ...options,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: memory,
  });
}

async function consume(limiter: Limiter, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const isFirst = error.consumedPoints === limiter.points + 1;
    throw new TooManyAttemptsError(Math.max(1, Math.ceil(error.msBeforeNext / 1000)), isFirst);
  }
}

/** Short whatever is sent, and no address of a person in Redis. */
const accountKey = (email: string) =>
  createHash('sha256')
    .update(storedEmail(email) ?? email)
    .digest('base64url');
