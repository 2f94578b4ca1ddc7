import { setTimeout as wait } from 'node:timers/promises';
import type { Liveness, Viewer } from '../../graphql/viewer.ts';
import type { Database } from '../../platform/database.ts';
import { Latest } from '../../shared/latest.ts';
import type { JobStream } from '../import-job/import-job.stream.ts';
import type { StatsRecord, StatsScope } from './stats.record.ts';
import { readStats } from './stats.service.ts';
import { StatsStream } from './stats.stream.ts';

declare module '../../graphql/context.ts' {
  interface Services {
    readonly statsWatch: StatsWatch;
    /** Imports that can run at the same time, on all nodes together. */
    readonly importPlaces: () => Promise<number>;
  }
}

interface Options {
  readonly db: Database['db'];
  /** Of this node. */
  readonly importWatch: { watchJobs(storeId: string | null, live: Liveness): JobStream };
  readonly importPlaces: () => Promise<number>;
  readonly onError: (error: unknown) => void;
  /** Shortest time between two readings of the same figures. */
  readonly intervalMs?: number;
}

/** Reading figures takes no more than a tenth of the time, however many imports there are. */
const restFactor = 9;

const minuteMs = 60_000;
/** Of a second minute: figures of all scopes at once would keep everybody else waiting. */
const spreadMs = 3_000;

/** The figures are drawn up for everybody; who may see them is asked of each reader. */
const everything: Viewer = {
  id: '',
  sessionId: '',
  platformAdmin: true,
  merchantIds: new Set(),
  storeRoles: new Map(),
};

/**
 * Lets any number of readers follow figures: those of a scope are read once, whenever a job of it has changed, and
 * every minute.
 */
export class StatsWatch {
  readonly #options: Options;
  readonly #scopes = new Map<string, WatchedScope>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Streams that are open. */
  get size(): number {
    return [...this.#scopes.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** The figures as they are now, and again when a job of the scope has changed or a minute is over. */
  follow(scope: StatsScope, live: Liveness): StatsStream {
    const key = scope.storeId ?? 'all';
    let watched = this.#scopes.get(key);
    if (!watched) {
      watched = new WatchedScope(scope, this.#options, () => this.#scopes.delete(key));
      this.#scopes.set(key, watched);
    }
    return watched.add(live);
  }

  close(): void {
    for (const scope of this.#scopes.values()) scope.close();
  }
}

class WatchedScope {
  readonly #scope: StatsScope;
  readonly #options: Options;
  readonly #onClose: () => void;
  readonly #readers = new Set<StatsStream>();
  readonly #closing = new AbortController();
  #jobs: JobStream;
  #minute: NodeJS.Timeout;
  /** Holds a change as long as nobody has looked. */
  readonly #changes = new Latest<true>();
  /** Those of a moment ago; null when they are to be read anew. */
  #fresh: StatsRecord | null = null;
  /** From when a reading is asked for until it has ended. */
  #reading = true;

  constructor(scope: StatsScope, options: Options, onClose: () => void) {
    this.#scope = scope;
    this.#options = options;
    this.#onClose = onClose;
    // Subscribed first: what happens while the figures are read is read again.
    this.#jobs = this.#watchJobs();
    this.#minute = this.#awaitMinute();
    this.#changes.put('change', true);
    void this.#listen();
    this.#work().catch(options.onError);
  }

  get size(): number {
    return this.#readers.size;
  }

  add(live: Liveness): StatsStream {
    const reader = new StatsStream(this.#scope, live, () => this.#remove(reader));
    this.#readers.add(reader);
    if (this.#fresh) reader.offer(this.#fresh);
    else this.#readAnew();
    if (live.ended.aborted) reader.close();
    return reader;
  }

  close(): void {
    for (const reader of this.#readers) reader.close();
  }

  /** Also when no job has changed: a day has gone by, or what waits has waited longer. */
  #readAnew(): void {
    if (this.#reading) return;
    this.#reading = true;
    this.#changes.put('change', true);
  }

  #remove(reader: StatsStream): void {
    this.#readers.delete(reader);
    if (this.#readers.size > 0 || this.#closing.signal.aborted) return;
    this.#onClose();
    this.#closing.abort();
    clearTimeout(this.#minute);
    this.#jobs.close();
    void this.#changes.return();
  }

  #watchJobs(): JobStream {
    const live = { current: () => everything, ended: this.#closing.signal };
    return this.#options.importWatch.watchJobs(this.#scope.storeId, live);
  }

  /** Figures age while no job changes. A day ends with a full minute, in every time zone. */
  #awaitMinute(): NodeJS.Timeout {
    const waitMs = minuteMs - (Date.now() % minuteMs) + Math.random() * spreadMs;
    return setTimeout(() => {
      this.#minute = this.#awaitMinute();
      this.#changes.put('change', true);
    }, waitMs).unref();
  }

  async #listen(): Promise<void> {
    for (;;) {
      try {
        while ((await this.#jobs.next()).done !== true) this.#changes.put('change', true);
        break;
      } catch (error) {
        // Of more jobs at once than a stream holds, as after an outage: which of them it was does not matter here.
        this.#options.onError(error);
        this.#jobs = this.#watchJobs();
        this.#changes.put('change', true);
      }
    }
    // The import watch is closed: the node stops.
    this.close();
  }

  async #work(): Promise<void> {
    const { intervalMs = 1_000, onError } = this.#options;
    while ((await this.#changes.next()).done !== true) {
      const started = performance.now();
      this.#reading = true;
      try {
        await this.#read();
      } catch (error) {
        onError(error);
        this.#changes.put('change', true);
      }
      this.#reading = false;
      const rest = Math.max(intervalMs, (performance.now() - started) * restFactor);
      await wait(rest, undefined, { signal: this.#closing.signal, ref: false }).catch(() => undefined);
      this.#fresh = null;
    }
  }

  async #read(): Promise<void> {
    const { db, importPlaces } = this.#options;
    const record = (this.#fresh = await readStats(db, this.#scope, await importPlaces()));
    for (const reader of this.#readers) reader.offer(record);
  }
}
