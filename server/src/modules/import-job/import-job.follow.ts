import { fault } from '../../graphql/errors.ts';
import { uuidOf } from '../../graphql/global-id.ts';
import type { Liveness } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';
import { findStoreId } from '../store/store.access.ts';
import type { JobStream } from './import-job.stream.ts';
import type { ImportWatch } from './import-job.watch.ts';

/** The states of the job of that global id. Throws NOT_FOUND when there is none that the viewer may see. */
export async function followImportJob(
  watch: ImportWatch,
  live: Liveness | null,
  globalId: string,
): Promise<JobStream> {
  if (!live) throw fault('UNAUTHENTICATED');
  const id = uuidOf('ImportJob', globalId);
  const stream = id === null ? null : await watch.watchJob(id, live);
  if (!stream) throw fault('NOT_FOUND');
  return stream;
}

/**
 * What changes of the jobs of the store of that code, or of all that the viewer may see. Throws NOT_FOUND when
 * there is no such store that the viewer may see.
 */
export async function followImportJobs(
  db: Db,
  watch: ImportWatch,
  live: Liveness | null,
  storeCode: string | null,
): Promise<JobStream> {
  if (!live) throw fault('UNAUTHENTICATED');
  if (storeCode === null) return watch.watchJobs(null, live);
  const storeId = await findStoreId(db, live.current(), storeCode);
  if (storeId === null) throw fault('NOT_FOUND');
  return watch.watchJobs(storeId, live);
}
