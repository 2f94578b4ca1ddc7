import type { KnownFeed } from '../../pipeline/types.ts';
import type { Db } from '../../platform/database.ts';
import type { ClaimedJob } from './import-job.claim.ts';

export interface PreviousImport extends KnownFeed {
  readonly id: string;
}

/**
 * The import whose result holds again if the feed's bytes are the same: the last one of this feed that came to its
 * end with the same code and the same settings, still has its errors and leaves no question open, when no later job
 * of the store wrote anything, and none of the language lacked or brought back products. Null when there is none, or
 * when an earlier attempt at this job has begun to write.
 */
export async function findPrevious(
  db: Db,
  job: ClaimedJob,
  normaliserVersion: number,
): Promise<PreviousImport | null> {
  // What a job wrote before it started over is on record no more.
  if (job.restartedAt) return null;
  if (job.attempt > 1 && (await db.marketplaceImportBatch.count({ where: { jobId: job.id } })) > 0)
    return null;
  const { storeId, marketplace, sourceUrl, language } = job;
  const previous = await db.marketplaceImportJob.findFirst({
    where: {
      ...{ storeId, marketplace, sourceUrl, language, normaliserVersion },
      settingsKey: job.settingsKey,
      status: { in: ['COMPLETED', 'COMPLETED_WITH_ERRORS'] },
      sourceSha256: { not: null },
      // What nobody has answered, or what came after has, is not settled by the feed as it was.
      missingReview: { in: ['APPLIED', 'ACCEPTED', 'DISMISSED'] },
      errorsRemovedAt: null,
    },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
  });
  if (!previous?.startedAt) return null;
  const { sourceEtag: etag, sourceSha256: sha256, encoding } = previous;
  if (sha256 === null || encoding === null) return null;
  const later = await db.marketplaceImportBatch.findFirst({
    where: {
      job: { storeId, startedAt: { gt: previous.startedAt }, id: { not: job.id } },
      OR: [{ importedCount: { gt: 0 } }, { updatedCount: { gt: 0 } }],
    },
  });
  const restarted = await db.marketplaceImportJob.findFirst({
    where: { storeId, startedAt: { gt: previous.startedAt }, restartedAt: { not: null } },
  });
  const otherPresence = await db.marketplaceImportJob.findFirst({
    where: {
      ...{ storeId, marketplace, language, startedAt: { gt: previous.startedAt } },
      OR: [{ missingCount: { gt: 0 } }, { returnedCount: { gt: 0 } }],
    },
  });
  return later || restarted || otherPresence ? null : { id: previous.id, etag, sha256, encoding };
}
