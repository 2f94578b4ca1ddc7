import { v7 as uuidv7 } from 'uuid';
import type { Db } from '../../platform/database.ts';

/** An import that is over, as far as publishing goes. */
export interface EndedImport {
  readonly id: string;
  readonly storeId: string;
  readonly startedAt: Date | null;
  readonly importedCount: number;
  readonly updatedCount: number;
  /** Products that its feed has again; null when they were not compared. */
  readonly returnedCount: number | null;
  /** Not null when it started over: what it had brought before then counts as unchanged. */
  readonly restartedAt: Date | null;
}

/**
 * Has what an import brought as new published, when its store wants that: a job in the transaction that ends the
 * import, so that no import ends without it. Whichever node looks for jobs first carries it out.
 *
 * New is what was never published, and came with this very import or since the store has wanted it: so a
 * product that got its price only later is published then, and what a person has unpublished stays so. What is
 * missing by now is no news; it is when it returns.
 */
export async function enqueueAutoPublish(db: Db, job: EndedImport): Promise<void> {
  const store = await db.store.findUnique({
    where: { id: job.storeId },
    select: { autoPublish: true, autoPublishSince: true },
  });
  if (!store?.autoPublish) return;
  const brought = job.importedCount + job.updatedCount + (job.returnedCount ?? 0);
  if (brought === 0 && job.restartedAt === null && !(await isUnseen(db, job.storeId))) return;
  const selection: NewProducts = {
    kind: 'new',
    importJobId: job.id,
    startedAt: job.startedAt?.toISOString() ?? null,
    since: store.autoPublishSince?.toISOString() ?? null,
  };
  await db.publicationJob.create({
    data: {
      ...{ id: uuidv7(), storeId: job.storeId, importJobId: job.id, action: 'PUBLISH' },
      selection: { ...selection },
    },
  });
}

/**
 * True when nobody may have seen products that were brought: by an import that did not come to its end, since the last
 * look for new ones, or before that, when it was given up.
 */
async function isUnseen(db: Db, storeId: string): Promise<boolean> {
  const looked = await db.publicationJob.findFirst({
    where: { storeId, importJobId: { not: null } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { createdAt: true, status: true },
  });
  if (looked?.status === 'FAILED') return true;
  const cutOff = await db.marketplaceImportJob.findFirst({
    where: {
      ...{ storeId, status: { in: ['FAILED', 'CANCELLED'] } },
      OR: [{ importedCount: { gt: 0 } }, { updatedCount: { gt: 0 } }],
      ...(looked ? { completedAt: { gt: looked.createdAt } } : {}),
    },
    select: { id: true },
  });
  return cutOff !== null;
}

/** What an import brought as new; times in ISO 8601. */
export interface NewProducts {
  readonly kind: 'new';
  readonly importJobId: string;
  /** Null when the import had no start on record: then all that it wrote last counts. */
  readonly startedAt: string | null;
  /** Since when the store has wanted it; null when that is not on record. */
  readonly since: string | null;
}
