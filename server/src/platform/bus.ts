import { EventEmitter } from 'node:events';
import { PubSub } from 'graphql-subscriptions';
import { openRedis } from './redis.ts';

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
  /** Tells all, this node first; resolves when `tellOthers` does. */
  publish<Name extends Topic>(topic: Name, event: BusTopics[Name]): Promise<void>;
  /** Listeners of this node have heard of it when this returns. */
  tellHere<Name extends Topic>(topic: Name, event: BusTopics[Name]): void;
  /**
   * Resolves when the event is on its way to the other nodes, which takes as long as what lies between is away. Never
   * rejects: trouble is said to `onError`, and the event is lost.
   */
  tellOthers<Name extends Topic>(topic: Name, event: BusTopics[Name]): Promise<void>;
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
  /** Resolves when what carries events to other nodes has answered; null where nothing does. */
  readonly pingOthers: (() => Promise<unknown>) | null;
  /** For whoever brings events from elsewhere to this bus: calls those listeners. */
  reconnected(since: Date): void;
  close(): Promise<void>;
}

interface Options {
  /** Null for a bus within this process. */
  readonly redisUrl: string | null;
  readonly onError: (error: unknown) => void;
  /** How often a Redis server is asked whether it is there. */
  readonly beatMs?: number;
}

/** The bus of this process, or of all processes that use the same Redis server, which need not be there yet. */
export function openBus({ redisUrl, onError, beatMs }: Options): EventBus {
  const reconnections = new EventEmitter<{ reconnected: [since: Date] }>().setMaxListeners(0);
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      onError(error);
    }
  };
  const reconnected = (since: Date) => void reconnections.emit('reconnected', since);
  // Who follows an import on the node that runs it does not wait for a server, which may be away.
  const emitter = new EventEmitter().setMaxListeners(0);
  const here = new PubSub({ eventEmitter: emitter });
  const others = redisUrl === null ? null : openRedis(redisUrl, { onError, onConnect: reconnected, beatMs });
  let closing: Promise<void> | undefined;
  const bus: EventBus = {
    reconnected,
    pingOthers: others && (() => others.ping()),
    publish(topic, event) {
      bus.tellHere(topic, event);
      return bus.tellOthers(topic, event);
    },
    tellHere(topic, event) {
      // Emits before it returns its promise.
      if (!closing) void here.publish(topic, event);
    },
    async tellOthers(topic, event) {
      if (!closing) await others?.publish(topic, event);
    },
    async subscribe<Name extends Topic>(topic: Name, listener: (event: BusTopics[Name]) => void) {
      let ended = false;
      const hear = (event: unknown) => {
        // What one node writes under a topic is what the others take it for.
        if (!ended) attempt(() => listener(event as BusTopics[Name]));
      };
      const idHere = await here.subscribe(topic, hear);
      const idThere = await others?.subscribe(topic, hear);
      return async () => {
        if (ended) return;
        ended = true;
        here.unsubscribe(idHere);
        if (idThere !== undefined) attempt(() => others?.unsubscribe(idThere));
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
    close: () =>
      (closing ??= (async () => {
        emitter.removeAllListeners();
        await others?.close();
      })()),
  };
  return bus;
}
