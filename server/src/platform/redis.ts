import { randomUUID } from 'node:crypto';
import { RedisPubSub } from 'graphql-redis-subscriptions';
import { Redis, type RedisOptions } from 'ioredis';
import { readMessage, writeMessage } from './bus-message.ts';
import { patientSubscriber } from './redis-subscriber.ts';

interface Listener {
  /** Of connections, messages that cannot be read, and events that had to be dropped. */
  readonly onError: (error: unknown) => void;
  /** What was published since then may have been missed: the connection is there, the first time or again. */
  readonly onConnect: (since: Date) => void;
  /** How often the server is asked whether it is there. */
  readonly beatMs?: number | undefined;
}

const longestDelayMs = 2_000;
const usualBeatMs = 5_000;
/** How long the other side may take to let us go. */
const goodbyeMs = 1_000;
/** While Redis is away its events wait here; those of jobs are few, since only the newest of each does. */
const mostWaiting = 10_000;

const options: RedisOptions = {
  // For ever: whoever publishes does not wait for it.
  maxRetriesPerRequest: null,
  retryStrategy: (attempt) => Math.min(attempt * 100, longestDelayMs),
  connectTimeout: 5_000,
};

/** By which a node says to the others that it could not tell them something, `since` when. */
const missedTopic = 'missed';

/** For listeners not to see: a message that cannot be read, or one that was published here. */
const nothing = Symbol('nothing');

/**
 * Publishes by a Redis server, and brings what others publish there. It may be away at any time, at the start too.
 * What is published here is not heard here.
 */
export function openRedis(url: string, { onError, onConnect, beatMs }: Listener) {
  const [publisher, subscriber] = [new Redis(url, options), new Redis(url, options)];
  const own = randomUUID();
  // Channels are the same in all databases of a server: so that the number in the address still tells them apart.
  const prefix = `marketplace-import/${publisher.options.db ?? 0}/`;
  const engine = new RedisPubSub({
    publisher,
    // It uses no more of one than this.
    subscriber: patientSubscriber(subscriber, onError, onConnect) as unknown as Redis,
    triggerTransform: (topic) => prefix + String(topic),
    serializer: (event: unknown) => `${own} ${writeMessage(event)}`,
    deserializer: (message: string | Buffer): unknown => {
      const text = String(message);
      if (text.startsWith(own)) return nothing;
      try {
        return readMessage(text.slice(own.length + 1));
      } catch (error) {
        onError(new Error('A message on Redis cannot be read.', { cause: error }));
        return nothing;
      }
    },
  });
  let dropped = false;
  const tellOfDropped = (since: Date): void => {
    if (!dropped) return;
    dropped = false;
    engine.publish(prefix + missedTopic, { since }).catch(onError);
  };
  const hearOfDropped = (event: unknown): void => {
    if (event !== nothing) onConnect((event as { readonly since: Date }).since);
  };
  engine.subscribe(missedTopic, hearOfDropped).catch(onError);
  const ends = [
    keepAlive(publisher, { onError, onConnect: tellOfDropped, beatMs }),
    keepAlive(subscriber, { onError, onConnect, beatMs }),
  ];
  let waiting = 0;
  let full = false;
  let failing = false;
  return {
    subscribe: (topic: string, listener: (event: unknown) => void) =>
      engine.subscribe(topic, (event: unknown) => {
        if (event !== nothing) listener(event);
      }),
    unsubscribe: (id: number) => engine.unsubscribe(id),
    async publish(topic: string, event: unknown): Promise<void> {
      // Megabytes would wait here, and whoever follows the log reads it again once Redis is back.
      if (topic === 'log' && publisher.status !== 'ready') {
        dropped = true;
        return;
      }
      if (waiting >= mostWaiting) {
        dropped = true;
        // Once an outage.
        if (!full) onError(new Error('Redis is away for too long: events are dropped.'));
        full = true;
        return;
      }
      waiting += 1;
      try {
        await engine.publish(prefix + topic, event);
        full = failing = false;
      } catch (error) {
        // Once, however many follow.
        if (!failing) onError(error);
        failing = true;
      } finally {
        waiting -= 1;
      }
    },
    ping: () => ping(publisher),
    async close(): Promise<void> {
      await Promise.all(ends.map((end) => end()));
    },
  };
}

/**
 * Notices when the other side has gone without a word: a connection that gives no answer for a while is opened anew.
 * Says the first error of an outage only. Returns what ends the connection.
 */
function keepAlive(
  redis: Redis,
  { onError, onConnect, beatMs = usualBeatMs }: Listener,
): () => Promise<void> {
  let aliveAt = new Date();
  let awaited = false;
  let wasConnecting = false;
  let said = false;
  const beat = async (): Promise<void> => {
    awaited = true;
    await ping(redis);
    awaited = false;
  };
  const ignore = () => undefined; // closed meanwhile
  redis.on('error', (error) => {
    if (!said) onError(error);
    said = true;
  });
  redis.on('ready', () => {
    said = false;
    // Its answer comes after those of the subscriptions, which are renewed first.
    const connected = beat().then(() => {
      const since = aliveAt;
      aliveAt = new Date();
      onConnect(since);
    });
    connected.catch(ignore);
  });
  const timer = setInterval(() => {
    // Connected, and not a word since the beat before: it would be waited for without end.
    const isSilent = wasConnecting && redis.status === 'connect';
    wasConnecting = redis.status === 'connect';
    if (isSilent) return redis.disconnect(true);
    if (redis.status !== 'ready') return;
    if (awaited) redis.disconnect(true);
    else beat().then(() => (aliveAt = new Date()), ignore);
  }, beatMs);
  return async () => {
    clearInterval(timer);
    // A server that is away would be waited for, and one that has fallen silent.
    const patience = setTimeout(() => redis.disconnect(), goodbyeMs);
    if (redis.status === 'ready') await redis.quit().catch(ignore);
    else redis.disconnect();
    clearTimeout(patience);
  };
}

/** Resolves when the server has answered; an account that may not ask is answered as well. */
async function ping(redis: Redis): Promise<void> {
  await redis.ping().catch((error: unknown) => {
    if (!(error instanceof Error && error.message.startsWith('NOPERM'))) throw error;
  });
}
