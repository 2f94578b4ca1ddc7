import type { PublicationJob } from '../../generated/prisma/client.ts';
import type { Liveness } from '../../graphql/viewer.ts';
import type { EventBus } from '../../platform/bus.ts';
import type { Database } from '../../platform/database.ts';
import { PublicationStream } from './publication.stream.ts';

declare module '../../graphql/context.ts' {
  interface Services {
    readonly publicationWatch: PublicationWatch;
  }
}

interface Options {
  readonly db: Database['db'];
  readonly bus: EventBus;
  readonly onError: (error: unknown) => void;
}

/** How often jobs that somebody follows are read, whatever the bus tells. */
const rereadMs = 2_000;

/**
 * Lets any number of readers follow jobs, one for each node. Steps are heard of over the bus; the job may also be
 * carried out by a node on another bus, or on none, so all that are followed are read every few seconds as well, in
 * one statement.
 */
export class PublicationWatch {
  readonly #options: Options;
  readonly #streams = new Map<string, Set<PublicationStream>>();
  readonly #timer: NodeJS.Timeout;
  readonly #leaveBus: () => void;
  #rereading: Promise<void> | null = null;

  /** Does not wait for a bus that is away. */
  constructor(options: Options) {
    const { bus } = options;
    this.#options = options;
    this.#leaveBus = bus.listen('publication', (job) => this.#hear(job));
    this.#timer = setInterval(() => this.#rereadOnce(), rereadMs).unref();
  }

  /** Streams that are open. */
  get size(): number {
    return [...this.#streams.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** The job as it is now, then after each step; null when there is no such job that the viewer may see. */
  async follow(id: string, live: Liveness): Promise<PublicationStream | null> {
    const stream = new PublicationStream(live, () => this.#remove(id, stream));
    const streams = this.#streams.get(id) ?? new Set();
    this.#streams.set(id, streams.add(stream));
    try {
      // Followed first: what happens meanwhile is newer, and then counts.
      const job = await this.#options.db.publicationJob.findUnique({ where: { id } });
      if (job && stream.offer(job)) return stream;
    } catch (error) {
      stream.close();
      throw error;
    }
    stream.close();
    return null;
  }

  /** Ends all streams. Resolves when the database is left alone. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const streams of [...this.#streams.values()]) for (const stream of [...streams]) stream.close();
    this.#leaveBus();
    await this.#rereading;
  }

  #remove(id: string, stream: PublicationStream): void {
    const streams = this.#streams.get(id);
    streams?.delete(stream);
    if (streams?.size === 0) this.#streams.delete(id);
  }

  #hear(job: PublicationJob): void {
    for (const stream of [...(this.#streams.get(job.id) ?? [])]) stream.offer(job);
  }

  #rereadOnce(): void {
    this.#rereading ??= this.#reread()
      .catch(this.#options.onError)
      .finally(() => (this.#rereading = null));
  }

  async #reread(): Promise<void> {
    const ids = [...this.#streams.keys()];
    if (ids.length === 0) return;
    for (const job of await this.#options.db.publicationJob.findMany({ where: { id: { in: ids } } })) {
      this.#hear(job);
    }
  }
}
