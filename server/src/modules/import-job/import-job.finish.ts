import { Prisma, type ImportJobStatus } from '../../generated/prisma/client.ts';
import type { ImportReport } from '../../pipeline/report.ts';
import type { WorkerOutcome } from '../../pipeline/worker.ts';
import type { Database, Db } from '../../platform/database.ts';
import { refusalSentence } from '../../product-data/codes.ts';
import { enqueueAutoPublish } from '../product/publication.queue.ts';
import { databaseTime } from './database-time.ts';
import {
  noteBrought,
  settleMissing,
  settleNothingNew,
  type ComparedImport,
  type MissingResult,
  type Settled,
} from './import-job.missing.ts';
import { watchedJobParts, type WatchedJob } from './import-job.record.ts';
import { sumBatches, type Attempt, type PhaseTimes } from './import-job.progress.ts';

/** How a job can end, or go back to waiting. */
export type Ending =
  | Exclude<WorkerOutcome, { kind: 'fenced' }>
  | { readonly kind: 'handedBack' }
  | { readonly kind: 'exhausted' };

/** What an attempt has come to when it ends. */
export interface Result {
  /** Null when its thread was never started. */
  readonly phases: PhaseTimes | null;
  /** The job whose result holds again when the feed brought nothing new. */
  readonly previousId: string | null;
  /** The largest that was announced: the end's is larger. */
  readonly revision: number;
}

/** An attempt's end on record: every job that it has changed has to be announced. */
export interface Ended {
  readonly job: WatchedJob;
  /** Earlier jobs whose question about missing products it has answered. */
  readonly superseded: readonly WatchedJob[];
}

/** Writes the end of an attempt; null when the job belongs to another attempt. */
export async function finishImport(
  db: Database['db'],
  attempt: Attempt,
  ending: Ending,
  { phases, previousId, revision }: Result,
): Promise<Ended | null> {
  return db.$transaction(
    async (transaction) => {
      // Locked first, so that what follows is about a job that is still ours.
      const [locked] = await transaction.$queryRaw<LockedJob[]>`
      SELECT id, revision, store_id AS "storeId", marketplace, language::text, started_at AS "startedAt"
      FROM marketplace_import_jobs
      WHERE id = ${attempt.id}::uuid AND attempt = ${attempt.attempt} AND status = 'PROCESSING'
      FOR NO KEY UPDATE`;
      if (!locked) return null;
      if (ending.kind === 'nothingNew' && previousId) await carryOver(transaction, attempt, previousId);
      const counts = await sumBatches(transaction, attempt.id);
      if (ending.kind === 'finished') requireAll(counts, ending.report);
      const { result: missing, superseded } = await missingAfter(transaction, locked, ending);
      const now = await databaseTime(transaction);
      const end = endOf(ending, counts.errorCount);
      const job = await transaction.marketplaceImportJob.update({
        where: { id: attempt.id },
        data: {
          ...{ ...counts, ...end, ...missing },
          ...(ending.kind === 'nothingNew' ? { sourceEtag: ending.etag, sourceSha256: ending.sha256 } : {}),
          ...(isWhole(ending) ? { totalRows: counts.totalProcessed } : {}),
          ...(phases ? { phases: phases.toJson() } : {}),
          completedAt: ending.kind === 'handedBack' ? null : now,
          revision: Math.max(locked.revision, revision) + 1,
        },
        include: watchedJobParts,
      });
      if (isWhole(ending)) await enqueueAutoPublish(transaction, job);
      return { job, superseded };
    },
    // Rows that are written are not read again because others have all connections for a while.
    { timeout: longestMs, maxWait: longestMs },
  );
}

/**
 * A batch waits for no disk, so that a crash of the database can take it back from an import that goes on: then the
 * next attempt writes what is missing. What this transaction sees is safe with its own end.
 */
function requireAll(stored: Processed, written: Processed): void {
  if (stored.totalProcessed !== written.totalProcessed)
    throw new Error(`Of ${written.totalProcessed} rows the database has kept ${stored.totalProcessed}.`);
}

type Processed = Pick<ImportReport, 'totalProcessed'>;

/** A feed that half a million products are gone from takes so long. */
const longestMs = 120_000;

interface LockedJob extends ComparedImport {
  readonly revision: number;
}

/** What the end means for the products that are missing. */
async function missingAfter(
  db: Db,
  job: LockedJob,
  ending: Ending,
): Promise<Pick<Settled, 'superseded'> & { readonly result: Partial<MissingResult> }> {
  if (ending.kind === 'finished') return settleMissing(db, job, ending.comparison);
  if (ending.kind === 'nothingNew') {
    return { result: await settleNothingNew(db, job), superseded: [] };
  }
  await noteBrought(db, job);
  return { result: {}, superseded: [] };
}

const isWhole = ({ kind }: Ending) => kind === 'finished' || kind === 'nothingNew';

interface End {
  readonly status: ImportJobStatus;
  readonly failureCode?: string;
  readonly failureMessage?: string;
}

function endOf(ending: Ending, errorCount: number): End {
  switch (ending.kind) {
    case 'finished':
    case 'nothingNew':
      return { status: errorCount > 0 ? 'COMPLETED_WITH_ERRORS' : 'COMPLETED' };
    case 'refused':
      return { status: 'FAILED', failureCode: ending.code, failureMessage: ending.message };
    case 'exhausted':
      return {
        status: 'FAILED',
        failureCode: 'ATTEMPTS_EXHAUSTED',
        failureMessage: refusalSentence('ATTEMPTS_EXHAUSTED'),
      };
    case 'cancelled':
      return { status: 'CANCELLED' };
    case 'handedBack':
      return { status: 'PENDING' };
  }
}

/** Gives a job the result of an earlier one whose feed was the same: its rows as unchanged, its errors as they were. */
async function carryOver(db: Db, { id, attempt }: Attempt, previousId: string): Promise<void> {
  // Until the end its details stay, or are gone for both.
  await db.$queryRaw`SELECT 1 FROM marketplace_import_jobs WHERE id = ${previousId}::uuid FOR SHARE`;
  const columns = Prisma.sql`row_number, ordinal, line_number, identifier, error_type, severity, attribute, code, error_message, row_data`;
  await db.$executeRaw`
    INSERT INTO marketplace_import_errors (job_id, ${columns})
    SELECT ${id}::uuid, ${columns} FROM marketplace_import_errors WHERE job_id = ${previousId}::uuid`;
  await db.$executeRaw`
    INSERT INTO marketplace_import_batches
      (job_id, batch_number, attempt, imported_count, updated_count, unchanged_count, error_count, warning_count, code_counts)
    SELECT ${id}::uuid, 1, ${attempt}, 0, 0, COALESCE(sum(imported_count + updated_count + unchanged_count), 0),
      COALESCE(sum(error_count), 0), COALESCE(sum(warning_count), 0),
      COALESCE((
        SELECT jsonb_object_agg(code, total) FROM (
          SELECT key AS code, sum(value::int) AS total
          FROM marketplace_import_batches, jsonb_each_text(code_counts)
          WHERE job_id = ${previousId}::uuid GROUP BY key
        ) AS codes
      ), '{}')
    FROM marketplace_import_batches WHERE job_id = ${previousId}::uuid`;
  await db.$executeRaw`
    UPDATE marketplace_import_jobs job
    SET encoding = previous.encoding, delimiter = previous.delimiter, format = previous.format,
        bytes_total = previous.bytes_total, header_warnings = previous.header_warnings,
        normaliser_version = previous.normaliser_version, errors_removed_at = previous.errors_removed_at
    FROM marketplace_import_jobs previous
    WHERE job.id = ${id}::uuid AND previous.id = ${previousId}::uuid`;
}
