import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Piscina } from 'piscina';
import { fault } from '../../graphql/errors.ts';
import type { CheckOutcome, CheckTask } from '../../pipeline/check-worker.ts';
import { refusedCheck } from '../../pipeline/check.ts';
import { durationText, type SourceLimits } from '../../pipeline/source/limits.ts';
import type { FeedContext } from '../../pipeline/types.ts';
import { FeedRefusal } from '../../product-data/feed-refusal.ts';
import { openThreadPool } from '../../shared/thread-pool.ts';
import { maxHeapMb } from './import-pool.ts';

export interface FeedCheckSettings {
  /** Feeds lie in a folder of their own in it while they are read. */
  readonly folder: string;
  readonly limits: SourceLimits;
  /** As the setting FEED_ALLOWED_ADDRESSES has it. */
  readonly allowedAddresses: string;
  /** Checks that this node makes at the same time, each in a thread. */
  readonly places: number;
  /** Those of one person at the same time. */
  readonly placesPerViewer: number;
  /** Longest check, download and all; somebody waits for it. */
  readonly timeoutMs: number;
}

export interface FeedCheckRequest {
  readonly viewerId: string;
  readonly address: string;
  readonly context: FeedContext;
  /** Aborted when nobody waits any more. */
  readonly signal?: AbortSignal | undefined;
}

/** What a check found, and how long it took. */
export interface FeedCheckResult extends CheckOutcome {
  readonly seconds: number;
}

declare module '../../graphql/context.ts' {
  interface Services {
    readonly feedChecks: FeedChecks;
  }
}

/** Part of the time of a check in which the feed has to arrive. */
const downloadShare = 0.5;
const folderPrefix = 'check-';
/** What lies there for so long was left behind by a process that was killed. */
const leftBehindMs = 3600_000;

/** Checks feeds in threads of this process, a few at a time. Nothing of a check is stored. */
export class FeedChecks {
  readonly #settings: FeedCheckSettings;
  readonly #pool: Piscina;
  readonly #running = new Map<string, number>();
  readonly #closing = new AbortController();
  #prepared: Promise<void> | undefined;

  /** `onFault` hears of threads that fail when they have no check any more. */
  constructor(settings: FeedCheckSettings, onFault: (error: Error) => void = () => undefined) {
    this.#settings = settings;
    this.#pool = openThreadPool({
      filename: new URL('../../pipeline/check-worker.ts', import.meta.url).href,
      threads: settings.places,
      // As for imports: a check streams too.
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
      onFault,
    });
  }

  /**
   * What an import of the feed would do; a feed or an address that no import would take is an answer too. Throws
   * TOO_BUSY when all places are taken, and the signal's reason soon after its abort.
   */
  async check({ viewerId, address, context, signal }: FeedCheckRequest): Promise<FeedCheckResult> {
    const release = this.#takePlace(viewerId);
    const started = performance.now();
    try {
      const outcome = await this.#run(address, context, signal);
      return { ...outcome, seconds: (performance.now() - started) / 1000 };
    } finally {
      release();
    }
  }

  /** Breaks off what is under way. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('the node stops'));
    await this.#pool.destroy();
  }

  #takePlace(viewerId: string): () => void {
    const { places, placesPerViewer } = this.#settings;
    const own = this.#running.get(viewerId) ?? 0;
    if (own >= placesPerViewer) throw fault('TOO_BUSY', 'You have checks under way. Wait for their end.');
    const all = [...this.#running.values()].reduce((sum, count) => sum + count, 0);
    if (all >= places) throw fault('TOO_BUSY', 'Many feeds are being checked. Try again in a minute.');
    this.#running.set(viewerId, own + 1);
    return () => {
      const left = (this.#running.get(viewerId) ?? 1) - 1;
      if (left > 0) this.#running.set(viewerId, left);
      else this.#running.delete(viewerId);
    };
  }

  async #run(address: string, context: FeedContext, signal: AbortSignal | undefined): Promise<CheckOutcome> {
    const { limits, allowedAddresses, timeoutMs } = this.#settings;
    const totalMs = Math.min(limits.totalMs, timeoutMs * downloadShare);
    const late = AbortSignal.timeout(timeoutMs);
    const ending = AbortSignal.any([late, this.#closing.signal, ...(signal ? [signal] : [])]);
    const folder = await this.#makeFolder();
    const task: CheckTask = {
      ...{ address, context, allowedAddresses, spoolPath: join(folder, 'feed') },
      limits: { ...limits, totalMs },
    };
    try {
      ending.throwIfAborted();
      const outcome = (await this.#pool.run(task, { signal: ending })) as CheckOutcome;
      // An import gives the feed more time.
      const tooSlowForCheck = outcome.refused?.code === 'TOO_SLOW' && totalMs < limits.totalMs;
      return tooSlowForCheck ? tookTooLong(timeoutMs) : outcome;
    } catch (error) {
      if (!ending.aborted) throw error;
      if (ending.reason !== late.reason) throw ending.reason;
      return tookTooLong(timeoutMs);
    } finally {
      await remove(folder);
    }
  }

  async #makeFolder(): Promise<string> {
    const { folder } = this.#settings;
    this.#prepared ??= prepare(folder).catch((error: unknown) => {
      // What failed now may be possible a moment later.
      this.#prepared = undefined;
      throw error;
    });
    await this.#prepared;
    return mkdtemp(join(folder, folderPrefix));
  }
}

function tookTooLong(timeoutMs: number): CheckOutcome {
  const refusal = new FeedRefusal('CHECK_TOO_LONG', { limit: durationText(timeoutMs) });
  return { ...refusedCheck(refusal), bytes: null };
}

/** A thread that was ended a moment ago may still be making its file. */
const remove = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: 3 });

async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = (await readdir(folder)).filter((name) => name.startsWith(folderPrefix));
  for (const path of names.map((name) => join(folder, name))) {
    const found = await stat(path).catch(() => null);
    if (found && Date.now() - found.mtimeMs > leftBehindMs) await remove(path);
  }
}
