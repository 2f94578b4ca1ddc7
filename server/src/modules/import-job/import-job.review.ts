import { Prisma, type MarketplaceImportJob, type Store } from '../../generated/prisma/client.ts';
import type { Database, Db } from '../../platform/database.ts';
import { lockCatalogue } from '../product/product.lock.ts';
import { ImportJobNotFoundError, MissingNotHeldError, NewerImportRunningError } from './import-job.errors.ts';
import { revisionLead } from './import-job.live.ts';
import { noteMissing } from './import-job.missing.ts';
import { watchedJobParts, type WatchedJob } from './import-job.record.ts';

/**
 * Answers the question of an import that lacked too many products: accepted, they are missing since the import's
 * start; otherwise all stays as it is. Throws MissingNotHeldError when the import asks nothing, or no longer, and
 * NewerImportRunningError for a yes while an import runs whose end may answer the question.
 */
export async function reviewMissing(db: Database['db'], id: string, accept: boolean): Promise<WatchedJob> {
  return db.$transaction(
    async (transaction) => {
      const { storeId } = await findAsking(transaction, id);
      // Before the job, as the end of a later import locks the two.
      const store = accept ? await lockCatalogue(transaction, storeId) : null;
      // Who only refers to it, as an import that repeats it, has nothing to wait for.
      await transaction.$queryRaw`
        SELECT 1 FROM marketplace_import_jobs WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
      const job = await findAsking(transaction, id);
      if (store) await acceptAbsences(transaction, store, job);
      await transaction.marketplaceImportAbsence.deleteMany({ where: { jobId: id } });
      return transaction.marketplaceImportJob.update({
        where: { id },
        data: {
          missingReview: accept ? 'ACCEPTED' : 'DISMISSED',
          ...(accept ? { presentCount: (job.presentCount ?? 0) - (job.missingCount ?? 0) } : {}),
          revision: { increment: revisionLead },
        },
        include: watchedJobParts,
      });
    },
    { timeout: longestMs, maxWait: longestMs },
  );
}

/** Half a million products take so long. */
const longestMs = 120_000;

async function findAsking(db: Db, id: string): Promise<MarketplaceImportJob> {
  const job = await db.marketplaceImportJob.findUnique({ where: { id } });
  if (!job) throw new ImportJobNotFoundError();
  if (job.missingReview !== 'HELD') throw new MissingNotHeldError();
  return job;
}

async function acceptAbsences(db: Db, store: Store, job: MarketplaceImportJob): Promise<void> {
  if (await isImporting(db, job)) throw new NewerImportRunningError();
  await lockAbsent(db, job);
  await noteMissing(
    db,
    store,
    job,
    Prisma.sql`SELECT product_id FROM marketplace_import_absences WHERE job_id = ${job.id}::uuid`,
  );
}

/** True also for a job that waits to go on: batches of it are counted with what was missing when they were read. */
async function isImporting(
  db: Db,
  { storeId, marketplace, language }: MarketplaceImportJob,
): Promise<boolean> {
  const begun: Prisma.MarketplaceImportJobWhereInput = {
    ...{ storeId, marketplace, language, startedAt: { not: null } },
    status: { in: ['PENDING', 'PROCESSING'] },
  };
  return (await db.marketplaceImportJob.count({ where: begun })) > 0;
}

/** As an import in another language locks what it changes: products before their texts, by the feed's ids. */
async function lockAbsent(db: Db, { id, storeId }: MarketplaceImportJob): Promise<void> {
  await db.$queryRaw`
    WITH locked AS MATERIALIZED (
      SELECT p.id FROM marketplace_import_absences a
      JOIN marketplace_products p ON p.store_id = a.store_id AND p.id = a.product_id
      WHERE a.job_id = ${id}::uuid AND a.store_id = ${storeId}::uuid
      ORDER BY p.marketplace_product_id COLLATE "C" FOR NO KEY UPDATE OF p)
    SELECT count(*) FROM locked`;
}
