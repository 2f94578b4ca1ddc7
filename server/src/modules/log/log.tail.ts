import type { LogEntry } from '../../generated/prisma/client.ts';
import type { EventBus } from '../../platform/bus.ts';
import type { Db } from '../../platform/database.ts';
import { entryMatcher, type LogFilter } from './log.filter.ts';
import { listLogs } from './log.list.ts';
import { TailQueue } from './tail-queue.ts';

declare module '../../platform/bus.ts' {
  interface BusTopics {
    /** Entries of the log that a node has stored just now. */
    readonly log: { readonly entries: readonly LogEntry[] };
  }
}

declare module '../../graphql/context.ts' {
  interface Services {
    readonly logTails: LogTails;
  }
}

/** The log as it is written, on whichever node. */
export interface LogTails {
  /** Passes on what this node has stored. What is written on behalf of a tail is left out: it would never end. */
  publish(entries: readonly LogEntry[]): void;
  /**
   * The last 50 entries that are meant, oldest first, then each that comes. Whoever reads more slowly than entries
   * come misses some, and gets an entry that says how many.
   */
  open(filter: LogFilter, requestId: string): Promise<AsyncIterableIterator<LogEntry>>;
}

const firstEntries = 50;
/** Entries that wait for one subscriber. */
const mostWaiting = 500;

/** Tails over the bus. `onError` must not write to the log that is stored. */
export function createLogTails(db: Db, bus: EventBus, onError: (error: unknown) => void): LogTails {
  /** Requests of this node that have a tail open: how many. */
  const requests = new Map<string, number>();
  const count = (requestId: string, change: number) => {
    const open = (requests.get(requestId) ?? 0) + change;
    if (open > 0) requests.set(requestId, open);
    else requests.delete(requestId);
  };
  return {
    publish(entries) {
      const told = entries.filter(({ requestId }) => requestId === null || !requests.has(requestId));
      if (told.length > 0) void bus.publish('log', { entries: told });
    },
    async open(filter, requestId) {
      const queue = new TailQueue(mostWaiting);
      const isMeant = entryMatcher(filter);
      const add = (entries: readonly LogEntry[]) => queue.add(entries.filter(isMeant));
      // First of all, so that nothing falls between what is read and what is heard.
      const unsubscribe = await bus.subscribe('log', ({ entries }) => add(entries));
      const readAgain = (since: Date) =>
        void lastEntries(db, { ...filter, since: laterOf(since, filter.since) }).then(add, onError);
      const takeBack = bus.onReconnect(readAgain);
      count(requestId, 1);
      queue.onEnd(() => {
        count(requestId, -1);
        takeBack();
        unsubscribe().catch(onError);
      });
      try {
        queue.begin(await lastEntries(db, filter));
      } catch (error) {
        await queue.return();
        throw error;
      }
      return queue;
    },
  };
}

/** Oldest first. */
async function lastEntries(db: Db, filter: LogFilter): Promise<LogEntry[]> {
  const { edges } = await listLogs(db, filter, { first: firstEntries });
  return edges.map(({ node }) => node).reverse();
}

const laterOf = (one: Date, other: Date | null | undefined) => (other && other > one ? other : one);
