import { setTimeout as wait } from 'node:timers/promises';
import { Prisma, type LogEntry } from '../../generated/prisma/client.ts';
import type { EventBus } from '../../platform/bus.ts';
import type { Liveness } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';
import { entryMatcher, type LogFilter } from './log.filter.ts';
import { findLogs, listLogs } from './log.list.ts';
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
   * come misses some, and gets an entry that says how many. For a reader who is no admin any more the next entry is
   * the end.
   */
  open(filter: LogFilter, requestId: string, live: Liveness): Promise<AsyncIterableIterator<LogEntry>>;
}

const firstEntries = 50;
/** Entries that wait for one subscriber. */
const mostWaiting = 500;
/** How long the other nodes are waited for; without them a tail begins with what there is. */
const patienceMs = 1_000;

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
    async open(filter, requestId, live) {
      const queue = new TailQueue(mostWaiting);
      const isMeant = entryMatcher(filter);
      const add = (entries: readonly LogEntry[]) => {
        if (live.current()?.platformAdmin) queue.add(entries.filter(isMeant));
        else void queue.return();
      };
      // First of all, so that nothing falls between what is read and what is heard.
      const begun = new Date();
      const subscribing = bus.subscribe('log', ({ entries }) => add(entries));
      let first: LogEntry | null = null;
      const readAgain = (since: Date) =>
        void missedEntries(db, { ...filter, since: laterOf(since, filter.since) }, first).then(add, onError);
      const takeBack = bus.onReconnect(readAgain);
      count(requestId, 1);
      queue.onEnd(() => {
        count(requestId, -1);
        takeBack();
        subscribing.then((unsubscribe) => unsubscribe()).catch(onError);
      });
      try {
        const heard = await Promise.race([subscribing, wait(patienceMs, null)]);
        if (heard === null) void subscribing.then(() => readAgain(begun), onError);
        const entries = await lastEntries(db, filter);
        if (entries.length === firstEntries) [first = null] = entries;
        queue.begin(entries);
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

/** Oldest first: what came since, as far as it may wait. What is older than the first of a tail is none of its. */
async function missedEntries(db: Db, filter: LogFilter, first: LogEntry | null): Promise<LogEntry[]> {
  const after = first ? Prisma.sql`(at, id) >= (${first.at}, ${first.id})` : Prisma.sql`true`;
  const part = { after, orderBy: Prisma.sql`at DESC, id DESC`, limit: mostWaiting };
  return (await db.$queryRaw<LogEntry[]>(findLogs(filter, part))).reverse();
}

const laterOf = (one: Date, other: Date | null | undefined) => (other && other > one ? other : one);
