import type { MarketplaceImportJob } from '../generated/prisma/client.ts';
import { ImportJobNotFoundError } from '../modules/import-job/import-job.errors.ts';
import { hasEnded } from '../modules/import-job/import-job.state.ts';
import { listenToJobs, noticeOf, type JobNotice } from '../platform/job-notices.ts';
import type { OpenStorage } from './import-node.ts';

/** A job that changes tells so; only when it has been silent for so long is it looked at, in case a notice was lost. */
const silenceMs = 5_000;

interface FollowOptions {
  /** Told of the state now, and of each change. */
  readonly onChange: (notice: JobNotice) => void;
  /** Ends the following, not the job. */
  readonly signal?: AbortSignal;
}

/** The job when it has ended, wherever it runs. Rejects with the signal's reason when that is aborted. */
export async function followJob(
  { databaseUrl, db }: Pick<OpenStorage, 'databaseUrl' | 'db'>,
  jobId: string,
  { onChange, signal }: FollowOptions,
): Promise<MarketplaceImportJob> {
  const ended = Promise.withResolvers<void>();
  let revision = -1;
  let over = false;
  // It may be over before anybody waits for it.
  void ended.promise.catch(() => undefined).finally(() => (over = true));
  const take = (notice: JobNotice) => {
    if (over || notice.id !== jobId || notice.revision <= revision) return;
    revision = notice.revision;
    silence.refresh();
    onChange(notice);
    if (hasEnded(notice.status)) ended.resolve();
  };
  const read = async () => {
    const job = await db.marketplaceImportJob.findUnique({ where: { id: jobId } });
    if (job) take(noticeOf(job));
    else ended.reject(new ImportJobNotFoundError());
  };
  // A database that is away for a moment is asked again after the next silence.
  const look = () => void read().catch(() => undefined);
  const silence = setInterval(look, silenceMs);
  const leave = () => ended.reject(signal?.reason);
  signal?.addEventListener('abort', leave);
  if (signal?.aborted) leave();
  try {
    const listening = await listenToJobs(databaseUrl, {
      onNotice: take,
      onConnect: look,
      onError: () => undefined,
    });
    try {
      await ended.promise;
    } finally {
      await listening.close();
    }
    return await db.marketplaceImportJob.findUniqueOrThrow({ where: { id: jobId } });
  } finally {
    clearInterval(silence);
    signal?.removeEventListener('abort', leave);
  }
}
