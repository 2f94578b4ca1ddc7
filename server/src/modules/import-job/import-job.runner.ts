import { normaliserVersion } from '../../pipeline/normalise.ts';
import type { ImportProgress } from '../../pipeline/progress.ts';
import { emptyReport } from '../../pipeline/report.ts';
import type { SourceLimits } from '../../pipeline/source/limits.ts';
import { removeSpooled, spoolEntry } from '../../pipeline/spool.ts';
import type { KnownFeed } from '../../pipeline/types.ts';
import type { WriteDatabase } from '../../pipeline/write/connection.ts';
import type { Database } from '../../platform/database.ts';
import type { Turn } from '../../platform/queue.ts';
import type { RecentUse } from '../../shared/recent-use.ts';
import { languageOf } from '../../product-data/language.ts';
import { claimImportJob, maxInterruptions, sessionName, type ClaimedJob } from './import-job.claim.ts';
import { databaseTime } from './database-time.ts';
import { finishImport, type Ending, type Result } from './import-job.finish.ts';
import { LiveJob } from './import-job.live.ts';
import { findPrevious } from './import-job.previous.ts';
import { noteProgress, PhaseTimes } from './import-job.progress.ts';
import { watchedJobParts, type WatchedJob } from './import-job.record.ts';
import type { ImportPool, RunningImport } from './import-pool.ts';

export interface ImportSettings extends WriteDatabase {
  readonly spoolFolder: string;
  /** Connections of one import. */
  readonly connections: number;
  /** And while somebody uses this node. */
  readonly connectionsInUse: number;
  readonly limits: SourceLimits;
  /** As the setting FEED_ALLOWED_ADDRESSES has it. */
  readonly allowedAddresses: string;
  /** Silence of a thread after which it counts as hung; it gives a sign every two seconds. */
  readonly hangMs: number;
}

export interface RunnerContext {
  readonly db: Database['db'];
  readonly pool: ImportPool;
  readonly settings: ImportSettings;
  /** Addresses that feeds may come from at this moment, beside those of the settings. */
  readonly openedNow?: () => Promise<readonly string[]>;
  /** Whether somebody uses this node: imports make room. */
  readonly use: RecentUse;
  /** Hears once of every change of a job, with the job as it is then. */
  readonly announce: (job: WatchedJob) => void;
  /** Hears of ends that may have been told already. */
  readonly announceAgain: (job: WatchedJob) => void;
  /** Aborted when the node is to stop: running imports finish their batch and are handed back. */
  readonly stopping: AbortSignal;
}

/** How often a running job's record is brought up to date, and its cancellation looked for. */
const tickMs = 250;
/** At most ten announcements of progress a second. */
const announceMs = 100;

/**
 * Runs the next job of the store whose turn it is to its end; false when there is none. Throws when it has to be tried
 * again.
 */
export async function runNextImport(context: RunnerContext, turn: Turn): Promise<boolean> {
  const { storeId, lost, again } = turn;
  if (again) await tellOfEnds(context, storeId);
  const job = await claimImportJob(context.db, storeId, turn);
  if (!job) {
    if (!again) await tellOfEnds(context, storeId);
    return false;
  }
  context.announce(job);
  const untouched = { phases: null, previousId: null, revision: job.revision };
  if (job.cancelRequestedAt) await finish(context, job, { kind: 'cancelled' }, untouched);
  else if (job.interruptions >= maxInterruptions)
    await finish(context, job, { kind: 'exhausted' }, untouched);
  else await new Run(context, job, lost).toEnd();
  return true;
}

async function finish(
  context: RunnerContext,
  job: ClaimedJob,
  ending: Ending,
  result: Result,
): Promise<void> {
  const ended = await finishImport(context.db, job, ending, result);
  if (!ended) return;
  context.announce(ended.job);
  for (const superseded of ended.superseded) context.announce(superseded);
  if (ending.kind !== 'handedBack') await removeSpooled(spoolEntry(context.settings.spoolFolder, job.id));
}

/** Of an import that was over before it had begun. */
const nothingRead: ImportProgress = {
  ...{ phase: 'download', bytesRead: 0, bytesTotal: null },
  ...{ report: emptyReport, file: null },
};

/** How long ago a job may have ended whose end may not have been told. */
const untoldMs = 120_000;

/**
 * A turn that is taken again, or has no job, may be that of a worker which has ended its job and could not say so,
 * because it or its connection was gone. Whoever has heard drops it.
 */
async function tellOfEnds({ db, announceAgain }: RunnerContext, storeId: string): Promise<void> {
  const since = new Date((await databaseTime(db)).getTime() - untoldMs);
  const jobs = await db.marketplaceImportJob.findMany({
    where: { storeId, completedAt: { gte: since } },
    include: watchedJobParts,
  });
  for (const job of jobs) announceAgain(job);
}

/** One attempt at a job, from the thread's start to the record of its end. */
class Run {
  readonly #context: RunnerContext;
  readonly #job: ClaimedJob;
  readonly #lost: AbortSignal;
  readonly #phases = new PhaseTimes();
  readonly #live: LiveJob;
  #progress: ImportProgress | null = null;
  #noted: ImportProgress | null = null;
  #notedAt = 0;
  #lastSignAt = performance.now();
  #noting: Promise<void> | null = null;
  #announced: ImportProgress | null = null;
  #announcedAt = performance.now();
  #announcing: NodeJS.Timeout | null = null;
  #over = false;

  constructor(context: RunnerContext, job: ClaimedJob, lost: AbortSignal) {
    this.#context = context;
    this.#job = job;
    this.#live = new LiveJob(job);
    this.#lost = lost;
  }

  async toEnd(): Promise<void> {
    const { pool, db, stopping } = this.#context;
    const previous = await findPrevious(db, this.#job, normaliserVersion);
    const opened = (await this.#context.openedNow?.()) ?? [];
    const running = pool.start(this.#task(previous, opened), (message) => this.#hear(message));
    const stop = () => running.cancel();
    const drop = () => running.kill('another worker has the turn');
    stopping.addEventListener('abort', stop);
    this.#lost.addEventListener('abort', drop);
    if (stopping.aborted) stop();
    if (this.#lost.aborted) drop();
    const timer = setInterval(() => this.#tick(running), tickMs);
    try {
      const outcome = await running.outcome;
      clearInterval(timer);
      this.#stopAnnouncing();
      await this.#noting;
      if (outcome.kind === 'fenced') return;
      // By this phase alone it is known as one that brought nothing new, also where the feed lay here already.
      if (outcome.kind === 'nothingNew' && !this.#progress) this.#phases.note(nothingRead, new Date());
      this.#phases.end(new Date());
      if (outcome.kind === 'finished') this.#phases.noteSteps(outcome.stepMs);
      const ending = await this.#ending(outcome);
      const { revision } = this.#live;
      await finish(this.#context, this.#job, ending, {
        phases: this.#phases,
        previousId: previous?.id ?? null,
        revision,
      });
    } finally {
      clearInterval(timer);
      this.#stopAnnouncing();
      stopping.removeEventListener('abort', stop);
      this.#lost.removeEventListener('abort', drop);
      await this.#noting;
    }
  }

  #hear(message: ImportProgress | 'alive'): void {
    this.#lastSignAt = performance.now();
    if (message === 'alive') return;
    this.#progress = message;
    this.#phases.note(message, new Date());
    this.#live.note(message);
    this.#announceSoon();
  }

  /** At once, unless something was announced a moment ago: then the newest state in a moment. */
  #announceSoon(): void {
    if (this.#over) return;
    const waitMs = this.#announcedAt + announceMs - performance.now();
    if (waitMs <= 0) this.#announce();
    else this.#announcing ??= setTimeout(() => this.#announce(), waitMs);
  }

  #announce(): void {
    if (this.#announcing) clearTimeout(this.#announcing);
    this.#announcing = null;
    const job = this.#progress && this.#live.next(this.#progress, this.#phases);
    // Else the next write of the record makes up for it.
    if (!job) return;
    this.#announced = this.#progress;
    this.#announcedAt = performance.now();
    this.#context.announce(job);
  }

  /** The end has all of what would be told. */
  #stopAnnouncing(): void {
    this.#over = true;
    if (this.#announcing) clearTimeout(this.#announcing);
  }

  #tick(running: RunningImport): void {
    const { hangMs } = this.#context.settings;
    if (performance.now() - this.#lastSignAt > hangMs) return running.kill('the import hangs');
    // One at a time, so that the newest state is written last; a slow database gets the newest alone.
    if (this.#noting) return;
    const changed = this.#progress !== this.#noted;
    if (!changed && performance.now() - this.#notedAt < 4 * tickMs) return;
    this.#notedAt = performance.now();
    this.#noting = this.#note(running)
      .catch(() => undefined)
      .finally(() => (this.#noting = null));
  }

  async #note(running: RunningImport): Promise<void> {
    const progress = this.#progress;
    if (!progress) return this.#lookAt(running);
    const revision = this.#live.reserve();
    const job = await noteProgress(this.#context.db, this.#job, progress, this.#phases, revision);
    this.#noted = progress;
    if (!job) return running.kill('another attempt has the job');
    if (job.cancelRequestedAt) running.cancel();
    const changed = this.#live.written(job, progress, revision);
    if (changed || this.#announced !== this.#progress) this.#announceSoon();
  }

  /** While the thread has nothing to tell: the whole of a feed that lies here already is looked at first. */
  async #lookAt(running: RunningImport): Promise<void> {
    const { id, attempt } = this.#job;
    const where = { id, attempt, status: 'PROCESSING' } as const;
    const job = await this.#context.db.marketplaceImportJob.findFirst({ where });
    if (!job) return running.kill('another attempt has the job');
    if (job.cancelRequestedAt) running.cancel();
  }

  /** A worker that was asked to stop because its node stops hands the job back; one that was cancelled does not. */
  async #ending(outcome: Exclude<Awaited<RunningImport['outcome']>, { kind: 'fenced' }>): Promise<Ending> {
    if (outcome.kind !== 'cancelled' || !this.#context.stopping.aborted) return outcome;
    const job = await this.#context.db.marketplaceImportJob.findUnique({ where: { id: this.#job.id } });
    return job?.cancelRequestedAt ? outcome : { kind: 'handedBack' };
  }

  #task(previous: KnownFeed | null, opened: readonly string[]) {
    const { store, ...job } = this.#job;
    const { use, settings } = this.#context;
    const session = new URL(settings.databaseUrl);
    session.searchParams.set('application_name', sessionName(job.id));
    return {
      ...settings,
      ...{ previous, use: use.memory, databaseUrl: session.href },
      allowedAddresses: [settings.allowedAddresses, ...opened].filter(Boolean).join(','),
      jobId: job.id,
      attempt: job.attempt,
      storeId: store.id,
      storeName: store.name,
      storeCurrency: store.currency,
      timeZone: store.timeZone,
      language: languageOf(job.language) ?? ('en' as const),
      marketplace: job.marketplace,
      sourceUrl: job.sourceUrl,
      sourceSha256: job.sourceSha256,
      batchSize: job.batchSize,
    };
  }
}
