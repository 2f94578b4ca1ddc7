import type { MarketplaceProduct, Prisma, PublicationJob } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';

/** Of one store. */
export const mostOpen = 20;

/** What is being carried out in these stores or waits for that, by store, the oldest first; `parts` is Pothos's. */
export async function loadOpenPublications(
  db: Db,
  storeIds: readonly string[],
  parts: Pick<Prisma.PublicationJobFindManyArgs, 'select' | 'include'>,
): Promise<Map<string, PublicationJob[]>> {
  // However many wait, with all that they are about, only those that are listed are read.
  const first = await db.$queryRaw<{ id: string }[]>`
    SELECT job.id FROM unnest(${[...storeIds]}::uuid[]) AS store (id)
    CROSS JOIN LATERAL (
      SELECT j.id FROM publication_jobs j WHERE j.store_id = store.id AND j.status IN ('PENDING', 'PROCESSING')
      ORDER BY j.created_at, j.id LIMIT ${mostOpen}) job`;
  if (first.length === 0) return new Map();
  const jobs = await db.publicationJob.findMany({
    ...parts,
    where: { id: { in: first.map(({ id }) => id) }, status: { in: ['PENDING', 'PROCESSING'] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return Map.groupBy(jobs, ({ storeId }) => storeId);
}

/**
 * The job whose turn it is in a store: the oldest that is not over; null when there is none. One at a time, so that
 * what was asked for last holds in the end.
 */
export async function findTurn(db: Db, storeId: string): Promise<Pick<PublicationJob, 'id'> | null> {
  // Not as parameters: it is the condition of an index.
  const [turn] = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM publication_jobs WHERE store_id = ${storeId}::uuid AND status IN ('PENDING', 'PROCESSING')
    ORDER BY created_at, id LIMIT 1`;
  return turn ?? null;
}

/** Names what a job has refused, for `loadRefused`. */
export const refusedKey = ({ storeId, refused }: Pick<PublicationJob, 'storeId' | 'refused'>): string =>
  JSON.stringify([storeId, refused]);

/** The products that jobs have refused, by `refusedKey`; those that are gone are left out. */
export async function loadRefused(
  db: Db,
  keys: readonly string[],
  parts: Pick<Prisma.MarketplaceProductFindManyArgs, 'select' | 'include'>,
): Promise<Map<string, MarketplaceProduct[]>> {
  const asked = keys.map((key) => {
    const [storeId, refused] = JSON.parse(key) as [string, string[]];
    return { key, storeId, ids: new Set(refused.map(BigInt)) };
  });
  const products = await db.marketplaceProduct.findMany({
    ...parts,
    where: { OR: asked.map(({ storeId, ids }) => ({ storeId, id: { in: [...ids] } })) },
    orderBy: { id: 'asc' },
  });
  return new Map(asked.map(({ key, ids }) => [key, products.filter(({ id }) => ids.has(id))]));
}
