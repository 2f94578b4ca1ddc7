import type { MarketplaceImportJob, Prisma, Store, User } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';

/**
 * A job with all that a client is shown of it without another statement: what an event carries, and what a list
 * reads. `createdBy` is null for the command line, and when the user is gone.
 */
export type WatchedJob = MarketplaceImportJob & { readonly store: Store; readonly createdBy: User | null };

/** For Prisma: what a single WatchedJob is read with. */
export const watchedJobParts = { store: true, createdBy: true } as const;

/** Many of them, of few stores and people, of which Prisma would make a copy for each job. In no order. */
export async function findWatchedJobs(
  db: Db,
  where: Prisma.MarketplaceImportJobWhereInput,
): Promise<WatchedJob[]> {
  const jobs = await db.marketplaceImportJob.findMany({ where });
  if (jobs.length === 0) return [];
  const storeIds = new Set(jobs.map(({ storeId }) => storeId));
  const creatorIds = new Set(jobs.flatMap(({ createdById }) => createdById ?? []));
  const [stores, creators] = await Promise.all([
    db.store.findMany({ where: { id: { in: [...storeIds] } } }),
    db.user.findMany({ where: { id: { in: [...creatorIds] } } }),
  ]);
  const storeOf = new Map(stores.map((store) => [store.id, store]));
  const creatorOf = new Map(creators.map((user) => [user.id, user]));
  return jobs.flatMap((job) => {
    const store = storeOf.get(job.storeId);
    // One may have gone in between, and its jobs with it.
    return store ? [{ ...job, store, createdBy: creatorOf.get(job.createdById ?? '') ?? null }] : [];
  });
}

declare module '../../platform/bus.ts' {
  interface BusTopics {
    /** A job in the state that a change has left it in; drop it unless its revision is larger than what you have. */
    readonly importJob: WatchedJob;
  }
}
