import type { ImportJobStatus, Store } from '../../generated/prisma/client.ts';
import type { Database, Db } from '../../platform/database.ts';
import type { Turn } from '../../platform/queue.ts';
import { lockCatalogue } from '../product/product.lock.ts';
import { databaseTime } from './database-time.ts';
import { revisionLead } from './import-job.live.ts';
import { watchedJobParts, type WatchedJob } from './import-job.record.ts';

/** Losses of a worker after which a job is not tried again: three attempts in all. */
export const maxInterruptions = 3;

export type ClaimedJob = WatchedJob;

/** Where nobody else takes turns. */
const undisputed = { lost: new AbortController().signal, confirm: async () => undefined };

/**
 * The store's next job, claimed with a new fencing token; null when it has none. The caller has the store's turn,
 * so a job that is being processed was left behind by a worker that is gone, or that must be treated so. Throws when
 * the caller has the turn no more.
 */
export async function claimImportJob(
  db: Database['db'],
  storeId: string,
  turn: Pick<Turn, 'lost' | 'confirm'> = undisputed,
): Promise<ClaimedJob | null> {
  const candidate = (await findFirst(db, storeId, 'PROCESSING')) ?? (await findFirst(db, storeId, 'PENDING'));
  if (!candidate) return null;
  const { lost } = turn;
  lost.throwIfAborted();
  // After the look: it is the job of whoever has the turn by now.
  await turn.confirm(db);
  const leftBehind = candidate.status === 'PROCESSING';
  if (leftBehind) await endSessions(db, candidate.id);
  const now = await databaseTime(db);
  const startedAt = candidate.startedAt ?? (await nextStart(db, storeId, now));
  lost.throwIfAborted();
  const claimed = await db.$transaction(
    async (transaction) => {
      const { count } = await transaction.marketplaceImportJob.updateMany({
        where: { id: candidate.id, status: candidate.status },
        data: {
          status: 'PROCESSING',
          attempt: { increment: 1 },
          interruptions: { increment: leftBehind ? 1 : 0 },
          revision: { increment: revisionLead },
          startedAt,
          lastSignAt: now,
        },
      });
      if (count === 0) return null;
      // An answer about missing products that is being written has not seen this job: it comes first.
      await lockCatalogue(transaction, storeId);
      return withSettings(transaction, candidate.id);
    },
    { timeout: longestMs, maxWait: longestMs },
  );
  // Cancelled a moment ago: there may be another one.
  return claimed ?? claimImportJob(db, storeId, turn);
}

/** The job with the store that it is to be read for, and on record with that store's settings, no other's. */
async function withSettings(db: Db, id: string): Promise<ClaimedJob> {
  const job = await db.marketplaceImportJob.findUniqueOrThrow({ where: { id }, include: watchedJobParts });
  const settings = settingsKey(job);
  if (job.settingsKey === settings) return job;
  // Rows that were read with other settings are read anew, as those of another feed.
  const data = { settingsKey: settings, sourceSha256: null };
  return { ...job, ...(await db.marketplaceImportJob.update({ where: { id }, data })) };
}

/** An answer about half a million products takes nearly so long. */
const longestMs = 150_000;

/** One that was handed back goes on first: a job that is done before it must not count as later. */
const findFirst = (db: Db, storeId: string, status: ImportJobStatus) =>
  db.marketplaceImportJob.findFirst({
    where: { storeId, status },
    orderBy: [{ startedAt: { sort: 'asc', nulls: 'last' } }, { createdAt: 'asc' }, { id: 'asc' }],
  });

/**
 * Whether another job of the store came later is told by these times: now, or a moment after the last start when the
 * database's clock was put back since.
 */
async function nextStart(db: Db, storeId: string, now: Date): Promise<Date> {
  const { _max: last } = await db.marketplaceImportJob.aggregate({
    where: { storeId },
    _max: { startedAt: true },
  });
  return new Date(Math.max(now.getTime(), (last.startedAt?.getTime() ?? 0) + 1));
}

/** The store's settings that values depend on: other ones make news of the same feed. */
const settingsKey = ({ store }: { readonly store: Store }) =>
  `${store.currency} ${store.timeZone} ${store.name}`;

/** As every session says that writes for the job: see `endSessions`. */
export const sessionName = (jobId: string) => `import ${jobId}`;

/**
 * Ends what an earlier attempt may still have open. A worker that is stopped, not dead, keeps its locks: the new
 * attempt would wait for them as long as it is stopped.
 */
async function endSessions(db: Db, jobId: string): Promise<void> {
  await db.$queryRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = ${sessionName(jobId)} AND pid <> pg_backend_pid()`;
}
