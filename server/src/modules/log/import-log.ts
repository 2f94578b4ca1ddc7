import { LRUCache } from 'lru-cache';
import type { ImportJobStatus, MarketplaceImportJob, MissingReview } from '../../generated/prisma/client.ts';
import type { Log } from '../../platform/log.ts';

/** Jobs that are remembered: those that another node has taken over are never heard of again. */
const rememberedJobs = 1_000;

/**
 * A hearer of every change of a job, which writes what matters of it to the log, each once: that it started, that
 * it was taken up again, and how it ended.
 */
export function createImportLog(log: Log): (job: MarketplaceImportJob) => void {
  const known = new LRUCache<string, string>({ max: rememberedJobs });
  return (job) => {
    if (isAsked(job)) return;
    const state = `${job.status} ${job.attempt}`;
    if (known.peek(job.id) === state) return;
    const isNew = !known.has(job.id);
    known.set(job.id, state);
    say(log.child({ jobId: job.id, storeId: job.storeId }), job, isNew);
  };
}

/**
 * True for a change that somebody asked for: to stop, which is said once it has stopped, or what an answer or a later
 * import made of a job that ended long ago. Any node may hear of it, also one that has not heard of the job before.
 */
const isAsked = ({ status, cancelRequestedAt, missingReview }: MarketplaceImportJob): boolean =>
  (status === 'PROCESSING' && Boolean(cancelRequestedAt)) || answers.has(missingReview);

const answers: ReadonlySet<MissingReview | null> = new Set(['ACCEPTED', 'DISMISSED', 'SUPERSEDED']);

const endings: Partial<Record<ImportJobStatus, string>> = {
  COMPLETED: 'import ended',
  COMPLETED_WITH_ERRORS: 'import ended with errors in rows',
  CANCELLED: 'import was cancelled',
};

function say(log: Log, job: MarketplaceImportJob, isNew: boolean): void {
  const { status, attempt, interruptions } = job;
  if (status === 'PROCESSING') {
    if (attempt <= 1) log.info({ attempt, language: job.language }, 'import started');
    else if (interruptions > 0)
      log.warn({ attempt, interruptions }, 'import was taken up again after a loss');
    else log.info({ attempt }, 'import goes on');
  } else if (status === 'PENDING') {
    if (isNew) log.info({ language: job.language }, 'import waits');
    else log.info({ attempt }, 'import was handed back');
  } else if (status === 'FAILED') {
    const { failureCode, failureMessage } = job;
    log.warn({ ...outcomeOf(job), failureCode }, `import failed: ${failureMessage ?? failureCode ?? ''}`);
  } else log.info(outcomeOf(job), endings[status]);
}

function outcomeOf(job: MarketplaceImportJob) {
  const { status, attempt, startedAt, completedAt } = job;
  const { importedCount, updatedCount, unchangedCount, errorCount, warningCount, totalProcessed } = job;
  return {
    ...{
      status,
      attempt,
      importedCount,
      updatedCount,
      unchangedCount,
      errorCount,
      warningCount,
      totalProcessed,
    },
    durationMs: startedAt && completedAt ? completedAt.getTime() - startedAt.getTime() : null,
  };
}
