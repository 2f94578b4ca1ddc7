import type { Liveness, Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';
import { loadViewers } from './viewer.ts';

export interface LiveViewer extends Liveness {
  /** To be called when what was open is closed. Twice is once. */
  close(): void;
}

/** A session with something open. */
interface Held {
  viewer: Viewer | null;
  readonly openings: Set<AbortController>;
}

interface Options {
  /** How soon at the latest the end of a session shows, in milliseconds. */
  readonly everyMs?: number;
  /** Told when the viewers could not be read; they are tried again. */
  readonly onError: (error: unknown) => void;
}

/**
 * The viewers of all open subscriptions of this node. However many there are, they are read again by one statement:
 * at once when their access is announced to have changed, and every 3 seconds in case that news got lost. One read
 * runs at a time; what changes meanwhile is read by the next.
 */
export class LiveViewers {
  readonly #db: Db;
  readonly #everyMs: number;
  readonly #onError: (error: unknown) => void;
  readonly #held = new Map<string, Held>();
  /** Sessions to read next. */
  #due = new Set<string>();
  #reading: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(db: Db, { everyMs = 3_000, onError }: Options) {
    this.#db = db;
    this.#everyMs = everyMs;
    this.#onError = onError;
  }

  /** How many sessions are held open. */
  get sessionCount(): number {
    return this.#held.size;
  }

  /** Holds a viewer who was read a moment ago, until `close` is called. */
  open(viewer: Viewer): LiveViewer {
    const { sessionId } = viewer;
    const held: Held = this.#held.get(sessionId) ?? { viewer, openings: new Set() };
    const opening = new AbortController();
    if (this.#closed) opening.abort();
    else this.#hold(sessionId, held, opening);
    return {
      current: () => (opening.signal.aborted ? null : held.viewer),
      ended: opening.signal,
      close: () => {
        held.openings.delete(opening);
        if (held.openings.size === 0 && this.#held.get(sessionId) === held) this.#held.delete(sessionId);
        if (this.#held.size === 0) this.#rest();
      },
    };
  }

  /** Reads the open sessions of these users again; resolves when what is held is no older than this call. */
  refreshUsers(userIds: readonly string[]): Promise<void> {
    const users = new Set(userIds);
    const sessions = [...this.#held].filter(([, { viewer }]) => viewer !== null && users.has(viewer.id));
    return this.refreshSessions(sessions.map(([sessionId]) => sessionId));
  }

  /** As `refreshUsers`; sessions that are not open here are left alone. */
  async refreshSessions(sessionIds: Iterable<string>): Promise<void> {
    const mine = [...sessionIds].filter((sessionId) => this.#held.has(sessionId));
    for (const sessionId of mine) this.#due.add(sessionId);
    // The read that runs now may have begun before the change; the one after it has not.
    while (mine.some((sessionId) => this.#due.has(sessionId))) {
      await (this.#reading ??= this.#readDue().finally(() => (this.#reading = null)));
    }
    await this.#reading;
  }

  /** Ends what is open, and reads nothing any more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#rest();
    for (const sessionId of [...this.#held.keys()]) this.#end(sessionId);
    await this.#reading;
  }

  #hold(sessionId: string, held: Held, opening: AbortController): void {
    held.openings.add(opening);
    this.#held.set(sessionId, held);
    this.#timer ??= setInterval(
      () => void this.refreshSessions([...this.#held.keys()]),
      this.#everyMs,
    ).unref();
  }

  #rest(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  async #readDue(): Promise<void> {
    const due = this.#due;
    this.#due = new Set();
    try {
      const viewers = await loadViewers(this.#db, [...due]);
      for (const sessionId of due) this.#update(sessionId, viewers.get(sessionId));
    } catch (error) {
      // Who may do what is in the database: while that is away, nothing of it changes. The timer tries again.
      this.#onError(error);
    }
  }

  #update(sessionId: string, viewer: Viewer | undefined): void {
    const held = this.#held.get(sessionId);
    if (!held) return;
    if (!viewer) this.#end(sessionId);
    else if (!isSame(held.viewer, viewer)) held.viewer = viewer;
  }

  #end(sessionId: string): void {
    const held = this.#held.get(sessionId);
    this.#held.delete(sessionId);
    if (this.#held.size === 0) this.#rest();
    if (!held) return;
    held.viewer = null;
    for (const opening of held.openings) opening.abort();
  }
}

const isSame = (one: Viewer | null, other: Viewer): boolean =>
  one !== null && JSON.stringify(plain(one)) === JSON.stringify(plain(other));

const plain = ({ merchantIds, storeRoles, ...rest }: Viewer) => ({
  ...rest,
  merchantIds: [...merchantIds].sort(),
  storeRoles: [...storeRoles].sort(),
});
