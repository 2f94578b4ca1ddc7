import type { Redis } from 'ioredis';

/** What graphql-redis-subscriptions asks of a subscriber. */
interface Subscriber {
  on(event: string, listener: (...args: readonly never[]) => void): unknown;
  subscribe(channel: string, done: (error?: Error | null) => void): void;
  unsubscribe(channel: string): void;
  punsubscribe(channel: string): void;
}

const againMs = 1_000;

/**
 * A subscriber that nothing fails: channels that the server refuses, as one does that wants another password, are
 * asked for again until it gives them. Its first refusal is said; the library would let it end the process. `onTaken`
 * hears since when what was published on a channel was missed.
 */
export function patientSubscriber(
  redis: Redis,
  onError: (error: unknown) => void,
  onTaken: (since: Date) => void,
): Subscriber {
  const refused = new Map<string, Date>();
  const subscribe = async (channel: string): Promise<void> => {
    try {
      await redis.subscribe(channel);
      const since = refused.get(channel);
      refused.delete(channel);
      if (since) onTaken(since);
    } catch (error) {
      // Closed by us.
      if (redis.status === 'end') return;
      if (refused.size === 0) onError(error);
      refused.set(channel, refused.get(channel) ?? new Date());
    }
  };
  const ignore = () => undefined; // It goes with its connection.
  const timer = setInterval(() => {
    if (redis.status === 'ready') for (const channel of refused.keys()) void subscribe(channel);
  }, againMs);
  redis.once('end', () => clearInterval(timer));
  return {
    on: (event, listener) => redis.on(event, listener as (...args: unknown[]) => void),
    subscribe: (channel, done) => void subscribe(channel).then(() => done()),
    unsubscribe(channel) {
      refused.delete(channel);
      redis.unsubscribe(channel).catch(ignore);
    },
    // No pattern is ever subscribed to.
    punsubscribe: ignore,
  };
}
