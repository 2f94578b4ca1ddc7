import { EventEmitter } from 'node:events';
import { PubSub } from 'graphql-subscriptions';
import { openRedis, unreadable } from './redis.ts';

/**
 * What goes over the bus, by topic. A module that has events of its own adds them here by declaration merging. An
 * event is plain data: dates and bigints survive, classes do not.
 */
export interface BusTopics {
  /** What these users may do has changed. */
  readonly access: { readonly userIds: readonly string[] };
}

export type Topic = keyof BusTopics;

/** Tells all nodes what happened on one of them. An event may be lost: whoever needs it all has a record to read. */
export interface EventBus {
  /** Resolves when the event is on its way. Never rejects: trouble is said to `onError`, and the event is lost. */
  publish<Name extends Topic>(topic: Name, event: BusTopics[Name]): Promise<void>;
  /**
   * The listener hears of every event from now on, of all nodes and of this one, until what is returned is called.
   * What the listener throws is said to `onError`.
   */
  subscribe<Name extends Topic>(
    topic: Name,
    listener: (event: BusTopics[Name]) => void,
  ): Promise<() => Promise<void>>;
  /** As `subscribe`, without the wait for a server that is away: the listener hears of events once it is there. */
  listen<Name extends Topic>(topic: Name, listener: (event: BusTopics[Name]) => void): () => void;
  /**
   * The listener is called when events may have been missed since the given time, and no more will be: read again
   * what matters. Also after the first connection.
   */
  onReconnect(listener: (since: Date) => void): () => void;
  /** For whoever brings events from elsewhere to this bus: calls those listeners. */
  reconnected(since: Date): void;
  close(): Promise<void>;
}

interface Options {
  /** Null for a bus within this process. */
  readonly redisUrl: string | null;
  readonly onError: (error: unknown) => void;
}

interface Engine {
  publish(topic: string, event: unknown): Promise<void>;
  subscribe(topic: string, listener: (event: unknown) => void): Promise<number>;
  unsubscribe(id: number): void;
  close(): Promise<void>;
}

/** The bus of this process, or of all processes that use the same Redis server, which need not be there yet. */
export function openBus({ redisUrl, onError }: Options): EventBus {
  const reconnections = new EventEmitter<{ reconnected: [since: Date] }>().setMaxListeners(0);
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      onError(error);
    }
  };
  const reconnected = (since: Date) => void reconnections.emit('reconnected', since);
  const engine = redisUrl === null ? openLocal() : openRedis(redisUrl, { onError, onConnect: reconnected });
  let closing: Promise<void> | undefined;
  const bus: EventBus = {
    reconnected,
    async publish(topic, event) {
      if (closing) return;
      await engine.publish(topic, event).catch(onError);
    },
    async subscribe<Name extends Topic>(topic: Name, listener: (event: BusTopics[Name]) => void) {
      let ended = false;
      const id = await engine.subscribe(topic, (event) => {
        // What one node writes under a topic is what the others take it for.
        if (!ended && event !== unreadable) attempt(() => listener(event as BusTopics[Name]));
      });
      return async () => {
        if (!ended) attempt(() => engine.unsubscribe(id));
        ended = true;
      };
    },
    listen(topic, listener) {
      let left = false;
      const subscribing = bus.subscribe(topic, (event) => {
        if (!left) listener(event);
      });
      subscribing.catch(onError);
      return () => {
        left = true;
        void subscribing.then(
          (unsubscribe) => unsubscribe(),
          () => undefined,
        );
      };
    },
    onReconnect(listener) {
      const call = (since: Date) => attempt(() => listener(since));
      reconnections.on('reconnected', call);
      return () => void reconnections.off('reconnected', call);
    },
    close: () => (closing ??= engine.close()),
  };
  return bus;
}

function openLocal(): Engine {
  const eventEmitter = new EventEmitter().setMaxListeners(0);
  const pubsub = new PubSub({ eventEmitter });
  return {
    publish: (topic, event) => pubsub.publish(topic, event),
    subscribe: (topic, listener) => pubsub.subscribe(topic, listener),
    unsubscribe: (id) => pubsub.unsubscribe(id),
    close: async () => void eventEmitter.removeAllListeners(),
  };
}
