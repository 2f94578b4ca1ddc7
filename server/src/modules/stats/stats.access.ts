import { fault } from '../../graphql/errors.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';
import { findStore } from '../store/store.access.ts';
import type { StatsScope } from './stats.record.ts';

/**
 * Whose figures are meant: a store's for its people, everybody's for admins. Throws NOT_FOUND for a store that the
 * viewer may not see, and FORBIDDEN for everybody's without being an admin.
 */
export async function statsScope(
  db: Db,
  viewer: Viewer | null,
  storeCode: string | null,
): Promise<StatsScope> {
  if (storeCode === null) {
    if (!viewer?.platformAdmin) throw fault(viewer ? 'FORBIDDEN' : 'UNAUTHENTICATED');
    return { storeId: null };
  }
  const store = await findStore(db, viewer, storeCode);
  if (!store) throw fault('NOT_FOUND');
  return { storeId: store.id };
}
