import type { Prisma, PublicationAction, PublicationJob, Store } from '../src/generated/prisma/client.ts';
import { isOver } from '../src/modules/product/publication.record.ts';
import { advancePublication } from '../src/modules/product/publication.run.ts';
import type { Selection } from '../src/modules/product/publication.selection.ts';
import type { Database, Db } from '../src/platform/database.ts';

export const everything: Selection = { kind: 'filter', filter: {} };

/** A job that waits. */
export const buildPublication = (
  db: Db,
  { id: storeId }: Store,
  action: PublicationAction = 'PUBLISH',
  selection: Selection = everything,
): Promise<PublicationJob> =>
  db.publicationJob.create({
    data: { storeId, action, selection: { ...selection } as Prisma.InputJsonObject },
  });

/** The job, carried out step by step. */
export async function carryOut(db: Db, { id }: PublicationJob, stepSize?: number): Promise<PublicationJob> {
  for (;;) {
    const job = await advancePublication(db as Database['db'], id, stepSize);
    if (!job) throw new Error('Nothing was left to be done.');
    if (isOver(job)) return job;
  }
}

/** Published, unpublished, unchanged and refused. */
export const countsOf = ({
  publishedCount,
  unpublishedCount,
  unchangedCount,
  refusedCount,
}: PublicationJob) => [...[publishedCount, unpublishedCount, unchangedCount, refusedCount]];
