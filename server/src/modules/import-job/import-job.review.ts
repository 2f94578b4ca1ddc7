import type { MarketplaceImportJob, Store } from '../../generated/prisma/client.ts';
import type { Database, Db } from '../../platform/database.ts';
import { lockCatalogue } from '../product/product.lock.ts';
import { ImportJobNotFoundError, MissingNotHeldError } from './import-job.errors.ts';
import { revisionLead } from './import-job.live.ts';
import { noteMissing } from './import-job.missing.ts';
import { watchedJobParts, type WatchedJob } from './import-job.record.ts';

/**
 * Answers the question of an import that lacked too many products: accepted, they are missing since the import's
 * start; otherwise all stays as it is. Throws MissingNotHeldError when the import asks nothing, or no longer.
 */
export async function reviewMissing(db: Database['db'], id: string, accept: boolean): Promise<WatchedJob> {
  return db.$transaction(
    async (transaction) => {
      const { storeId } = await findAsking(transaction, id);
      // Before the job, as the end of a later import locks the two.
      const store = accept ? await lockCatalogue(transaction, storeId) : null;
      await transaction.$queryRaw`SELECT 1 FROM marketplace_import_jobs WHERE id = ${id}::uuid FOR UPDATE`;
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
    { timeout: longestMs },
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
  const absences = await db.marketplaceImportAbsence.findMany({
    where: { jobId: job.id },
    select: { productId: true },
  });
  await noteMissing(
    db,
    store,
    job,
    absences.map(({ productId }) => productId),
  );
}
