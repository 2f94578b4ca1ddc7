import { fault } from '../../graphql/errors.ts';
import { uuidOf } from '../../graphql/global-id.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';
import { canSeeStore } from '../store/store.policy.ts';
import { ImportJobNotFoundError } from './import-job.errors.ts';
import { watchedJobParts, type WatchedJob } from './import-job.record.ts';

/** The job of that global id, or null when there is none that the viewer may see. */
export async function findImportJob(
  db: Db,
  viewer: Viewer | null,
  globalId: string,
): Promise<WatchedJob | null> {
  const id = uuidOf('ImportJob', globalId);
  if (id === null) return null;
  const job = await db.marketplaceImportJob.findUnique({ where: { id }, include: watchedJobParts });
  return job && canSeeStore(viewer, job.storeId) ? job : null;
}

/**
 * The job of that global id, for something that the policy allows. Throws ImportJobNotFoundError for one that the
 * viewer may not see, and FORBIDDEN for one that may only be looked at.
 */
export async function importJobFor(
  db: Db,
  viewer: Viewer | null,
  globalId: string,
  policy: (viewer: Viewer | null, storeId: string) => boolean,
): Promise<WatchedJob> {
  const job = await findImportJob(db, viewer, globalId);
  if (!job) throw new ImportJobNotFoundError();
  if (!policy(viewer, job.storeId)) throw fault('FORBIDDEN');
  return job;
}
