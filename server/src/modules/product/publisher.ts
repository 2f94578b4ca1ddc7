import type { PublicationJob } from '../../generated/prisma/client.ts';
import type { EventBus } from '../../platform/bus.ts';
import type { Database } from '../../platform/database.ts';
import { forgetPublications } from './publication.retention.ts';
import { findOpenPublications, noteFailure, runPublication, usualStep } from './publication.run.ts';

declare module '../../graphql/context.ts' {
  interface Services {
    readonly publisher: Pick<Publisher, 'start'>;
  }
}

interface Options {
  readonly db: Database['db'];
  readonly bus: EventBus;
  readonly onError: (error: unknown) => void;
  /** How often it looks for jobs that nobody carries out. */
  readonly sweepMs?: number;
  /** Products that a step looks at. */
  readonly stepSize?: number;
}

/** Jobs at a time on one node: the rest of the database's time is for others. */
const places = 2;
/** How often it looks for jobs that have been over for long. */
const forgetMs = 3600_000;

/**
 * Carries out jobs on this node: those that it is told of, at once, and all that wait or were left behind by a node
 * that is gone, within seconds. Any number of nodes may do so.
 */
export class Publisher {
  readonly #options: Options;
  readonly #stopping = new AbortController();
  readonly #running = new Map<string, Promise<void>>();
  readonly #timer: NodeJS.Timeout;
  #sweeping: Promise<void> | null = null;
  #forgotAt = -forgetMs;

  constructor(options: Options) {
    this.#options = options;
    this.#timer = setInterval(() => this.#sweep(), options.sweepMs ?? 2_000).unref();
  }

  /** Carries out the job; later when others are under way. */
  start(id: string): void {
    if (this.#stopping.signal.aborted || this.#running.has(id) || this.#running.size >= places) return;
    const running = this.#run(id).finally(() => this.#running.delete(id));
    this.#running.set(id, running);
  }

  /** Resolves when the steps under way are over; the rest is for other nodes, or for later. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#sweeping;
    await Promise.all(this.#running.values());
  }

  #sweep(): void {
    if (this.#stopping.signal.aborted) return;
    this.#sweeping ??= this.#lookAround()
      .catch(this.#options.onError)
      .finally(() => (this.#sweeping = null));
  }

  async #lookAround(): Promise<void> {
    const { db } = this.#options;
    for (const id of await findOpenPublications(db, places)) this.start(id);
    if (performance.now() - this.#forgotAt < forgetMs) return;
    this.#forgotAt = performance.now();
    await forgetPublications(db);
  }

  async #run(id: string): Promise<void> {
    const { db, onError, stepSize = usualStep } = this.#options;
    const announce = (job: PublicationJob) => this.#announce(job);
    try {
      const over = await runPublication(id, { db, stepSize, stopping: this.#stopping.signal, announce });
      // Another one of the store may have waited for it.
      if (over) this.#sweep();
    } catch (error) {
      onError(error);
      const job = await noteFailure(db, id).catch(onError);
      if (job) this.#announce(job);
    }
  }

  #announce(job: PublicationJob): void {
    void this.#options.bus.publish('publication', job);
  }
}
