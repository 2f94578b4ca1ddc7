import type { Liveness, Viewer } from '../../graphql/viewer.ts';
import type { Database } from '../../platform/database.ts';
import type { EventBus } from '../../platform/bus.ts';
import { JobReader } from './import-job.reader.ts';
import type { WatchedJob } from './import-job.record.ts';
import { SeenRevisions } from './import-job.seen.ts';
import { StreamIndex } from './import-job.stream-index.ts';
import { JobStream } from './import-job.stream.ts';

declare module '../../graphql/context.ts' {
  interface Services {
    readonly importWatch: ImportWatch;
  }
}

/** How soon a stream follows when its viewer has been let into more stores. */
const settleMs = 1_000;

interface Options {
  readonly db: Database['db'];
  readonly bus: EventBus;
  readonly onError: (error: unknown) => void;
}

/**
 * Lets any number of readers follow jobs, one for each node: the bus is subscribed to once, and an event finds its
 * readers by the job and by its store. What an event says is taken as it is, so that no reader costs a statement.
 */
export class ImportWatch {
  readonly #reader: JobReader;
  readonly #seen = new SeenRevisions();
  readonly #byJob = new StreamIndex();
  readonly #byStore = new StreamIndex();
  readonly #ofAll = new Set<JobStream>();
  readonly #lists = new Set<JobStream>();
  /** Lists of all that their viewer may see, with the viewer that they were placed for. */
  readonly #roaming = new Map<JobStream, Viewer | null>();
  readonly #settling: NodeJS.Timeout;
  readonly #leaveBus: () => Promise<void>;

  /** Does not wait for a bus that is away. */
  constructor({ db, bus, onError }: Options) {
    this.#reader = new JobReader(db, onError);
    const openedAt = new Date();
    const subscribing = bus.subscribe('importJob', (job) => this.#hear(job));
    const forget = bus.onReconnect((since) => void this.#readAgain(since));
    subscribing.then(() => this.#readAgain(openedAt), onError);
    this.#leaveBus = async () => {
      forget();
      // A bus that is away would be waited for.
      void subscribing.then((unsubscribe) => unsubscribe()).catch(onError);
    };
    this.#settling = setInterval(() => this.#settle(), settleMs).unref();
  }

  /** Streams that are open. */
  get size(): number {
    return this.#byJob.size + this.#lists.size;
  }

  /**
   * The job as it is now, then each change, and the end after its last; null when there is no such job that the
   * viewer may see. Also ends when the viewer may see it no more.
   */
  async watchJob(id: string, live: Liveness): Promise<JobStream | null> {
    const stream = new JobStream(live, { onlyOne: true, onClose: () => this.#byJob.delete(id, stream) });
    this.#byJob.add(id, stream);
    try {
      // Subscribed first: what happens meanwhile is newer, and then counts.
      const job = await this.#reader.read(id);
      if (job && stream.offer(job)) return stream;
    } catch (error) {
      stream.close();
      throw error;
    }
    stream.close();
    return null;
  }

  /** Each job that appears or changes from now on: of one store, or of all that the viewer may see at the time. */
  watchJobs(storeId: string | null, live: Liveness): JobStream {
    const remove = () => {
      this.#lists.delete(stream);
      if (storeId === null) this.#displace(stream);
      else this.#byStore.delete(storeId, stream);
    };
    const stream = new JobStream(live, { onlyOne: false, onClose: remove });
    this.#lists.add(stream);
    if (storeId === null) this.#place(stream);
    else this.#byStore.add(storeId, stream);
    if (live.ended.aborted) stream.close();
    return stream;
  }

  async close(): Promise<void> {
    clearInterval(this.#settling);
    this.#reader.close();
    for (const stream of [...this.#byJob.all(), ...this.#lists]) stream.close();
    await this.#leaveBus();
  }

  #hear(job: WatchedJob): void {
    if (!this.#seen.add(job)) return;
    for (const streams of [this.#byJob.get(job.id), this.#byStore.get(job.storeId), this.#ofAll]) {
      for (const stream of streams) stream.offer(job);
    }
  }

  async #readAgain(since: Date): Promise<void> {
    const ids = [...this.#byJob.keys()];
    if (this.size === 0) return;
    const jobs = await this.#reader.readAgain(ids, this.#lists.size > 0 ? since : null);
    for (const job of jobs) this.#hear(job);
  }

  /** Where the viewer may look now. */
  #place(stream: JobStream): void {
    const { viewer } = stream;
    this.#displace(stream);
    this.#roaming.set(stream, viewer);
    if (viewer?.platformAdmin) this.#ofAll.add(stream);
    else for (const storeId of viewer?.storeRoles.keys() ?? []) this.#byStore.add(storeId, stream);
  }

  #displace(stream: JobStream): void {
    this.#ofAll.delete(stream);
    for (const storeId of this.#roaming.get(stream)?.storeRoles.keys() ?? []) {
      this.#byStore.delete(storeId, stream);
    }
    this.#roaming.delete(stream);
  }

  /** What somebody may see no more is never shown; what they may see now as well is found here. */
  #settle(): void {
    for (const [stream, viewer] of this.#roaming) if (stream.viewer !== viewer) this.#place(stream);
  }
}
