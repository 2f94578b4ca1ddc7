import { setTimeout as wait } from 'node:timers/promises';
import DataLoader from 'dataloader';
import type { Db } from '../../platform/database.ts';
import { findWatchedJobs, type WatchedJob } from './import-job.record.ts';

/** Clocks of nodes differ, and a change is announced a moment after it. */
const marginMs = 60_000;
const retryMs = 1_000;

/** Reads jobs for those who follow them. */
export class JobReader {
  readonly #db: Db;
  readonly #onError: (error: unknown) => void;
  readonly #closing = new AbortController();
  readonly #jobs: DataLoader<string, WatchedJob | null>;

  constructor(db: Db, onError: (error: unknown) => void) {
    this.#db = db;
    this.#onError = onError;
    const load = async (ids: readonly string[]) => {
      const found = await findWatchedJobs(db, { id: { in: [...new Set(ids)] } });
      const jobs = new Map(found.map((job) => [job.id, job]));
      return ids.map((id) => jobs.get(id) ?? null);
    };
    // All who come at the same moment, after a restart say, are read for at once. Nothing is remembered.
    this.#jobs = new DataLoader(load, {
      cache: false,
      maxBatchSize: 1_000,
      batchScheduleFn: (read) => setImmediate(read),
    });
  }

  /** The job as it is on record now. */
  read(id: string): Promise<WatchedJob | null> {
    return this.#jobs.load(id);
  }

  /**
   * These jobs and, unless `since` is null, all that have changed since then. A database that is away is waited for:
   * what was missed is to be told all the same. Nothing once it is closed.
   */
  async readAgain(ids: readonly string[], since: Date | null): Promise<readonly WatchedJob[]> {
    const changed = since && { updatedAt: { gte: new Date(since.getTime() - marginMs) } };
    while (!this.#closing.signal.aborted) {
      try {
        return await findWatchedJobs(this.#db, {
          OR: [{ id: { in: [...ids] } }, ...(changed ? [changed] : [])],
        });
      } catch (error) {
        this.#onError(error);
        await wait(retryMs, undefined, { signal: this.#closing.signal }).catch(() => undefined); // closed
      }
    }
    return [];
  }

  close(): void {
    this.#closing.abort();
  }
}
