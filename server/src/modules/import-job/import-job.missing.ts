import { Prisma, type Language, type MissingReview, type Store } from '../../generated/prisma/client.ts';
import type { Comparison } from '../../pipeline/types.ts';
import type { Db } from '../../platform/database.ts';
import { lockCatalogue } from '../product/product.lock.ts';
import { restoreWithdrawn, withdrawMissing } from '../product/product.withdrawal.ts';
import { watchedJobParts, type WatchedJob } from './import-job.record.ts';

/** A complete import: what it says of its language's products counts from its start on. */
export interface ComparedImport {
  readonly id: string;
  readonly storeId: string;
  readonly marketplace: string;
  readonly language: Language;
  readonly startedAt: Date | null;
}

export interface MissingResult {
  readonly missingReview: MissingReview;
  readonly missingCount: number;
  readonly returnedCount: number;
  readonly presentCount: number;
}

/** What the job's record is to say, and the earlier jobs whose question that answers, as they are now. */
export interface Settled {
  readonly result: MissingResult;
  readonly superseded: readonly WatchedJob[];
}

/**
 * Records what a complete import found of the products that its language had, in the transaction that ends it. A
 * feed that lacks all of them, or more than the store's limit, is not believed: then nothing becomes missing, and
 * the job asks a person. What has returned is believed always. Nothing is deleted.
 */
export async function settleMissing(
  db: Db,
  job: ComparedImport,
  { presentBefore, added, absent, returned }: Comparison,
): Promise<Settled> {
  const store = await lockCatalogue(db, job.storeId);
  const superseded = await supersede(db, job);
  await noteReturned(db, job, [...returned]);
  const held = isTooMany(absent.length, presentBefore, store.shrinkLimitPercent);
  if (held) await keepAbsences(db, job, [...absent]);
  else if (absent.length > 0)
    await noteMissing(db, store, job, Prisma.sql`SELECT unnest(${[...absent]}::bigint[])`);
  await restoreWithdrawn(db, store);
  const result: MissingResult = {
    missingReview: held ? 'HELD' : 'APPLIED',
    missingCount: absent.length,
    returnedCount: returned.length,
    presentCount: presentBefore + added + returned.length - (held ? 0 : absent.length),
  };
  return { result, superseded };
}

/**
 * A feed that brought nothing new lacks nothing new; but what it has brought back before may have a price of the
 * store's own by now.
 */
export async function settleNothingNew(
  db: Db,
  { storeId }: ComparedImport,
): Promise<Omit<MissingResult, 'presentCount'>> {
  const withdrawn = await db.product.findFirst({ where: { storeId, withdrawnAt: { not: null } } });
  // Who has nothing to bring back does not wait for the catalogue.
  if (withdrawn) await restoreWithdrawn(db, await lockCatalogue(db, storeId));
  return { missingReview: 'APPLIED', missingCount: 0, returnedCount: 0 };
}

/**
 * Of what a feed that was not read to its end lacks nothing is known; but a product that it was the first of its
 * language to bring is there.
 */
export async function noteBrought(db: Db, { storeId }: ComparedImport): Promise<void> {
  const brought = await db.$queryRaw<unknown[]>`
    SELECT FROM marketplace_products p WHERE ${isMissingNoMore(storeId)} LIMIT 1`;
  // Whoever gives up an import does not wait for the catalogue for nothing.
  if (brought.length === 0) return;
  const store = await lockCatalogue(db, storeId);
  await bringBack(db, storeId);
  await restoreWithdrawn(db, store);
}

/** True for a feed that may have been cut off rather than changed. */
export function isTooMany(absent: number, presentBefore: number, limitPercent: number): boolean {
  if (absent === 0) return false;
  return absent >= presentBefore || absent * 100 > presentBefore * limitPercent;
}

/** An earlier import of the language has its question answered by this one. */
async function supersede(
  db: Db,
  { id, storeId, marketplace, language }: ComparedImport,
): Promise<WatchedJob[]> {
  // The job before its absences, as whoever answers the question locks them.
  const jobs = await db.marketplaceImportJob.updateManyAndReturn({
    where: { storeId, marketplace, language, missingReview: 'HELD', id: { not: id } },
    data: { missingReview: 'SUPERSEDED', revision: { increment: 1 } },
    include: watchedJobParts,
  });
  await db.marketplaceImportAbsence.deleteMany({ where: { jobId: { in: jobs.map((job) => job.id) } } });
  return jobs;
}

/** A product has returned when any language has it: this one's feed, that had lacked it or is new to it. */
async function noteReturned(
  db: Db,
  { storeId, language }: ComparedImport,
  returned: readonly bigint[],
): Promise<void> {
  if (returned.length > 0) {
    await db.$executeRaw`
      UPDATE marketplace_product_translations SET missing_since = NULL
      WHERE store_id = ${storeId}::uuid AND language = ${language}::language AND product_id = ANY(${returned}::bigint[])`;
  }
  await bringBack(db, storeId);
}

const bringBack = (db: Db, storeId: string) =>
  db.$executeRaw`UPDATE marketplace_products p SET missing_since = NULL WHERE ${isMissingNoMore(storeId)}`;

/** Of the products `p` of the store: those that some language has. */
const isMissingNoMore = (storeId: string) => Prisma.sql`
  p.store_id = ${storeId}::uuid AND p.missing_since IS NOT NULL AND EXISTS (
    SELECT FROM marketplace_product_translations t
    WHERE t.product_id = p.id AND t.store_id = p.store_id AND t.missing_since IS NULL OFFSET 0)`;

/**
 * The products whose ids that query gives are missing in the language since the import's start; and in the store,
 * unless another language has them. Those that are published are unpublished when the store wants that.
 */
export async function noteMissing(
  db: Db,
  store: Store,
  { language, startedAt }: ComparedImport,
  absent: Prisma.Sql,
): Promise<void> {
  const since = startedAt ?? new Date();
  await db.$executeRaw`
    WITH absent (id) AS MATERIALIZED (${absent}),
    gone AS (
      UPDATE marketplace_product_translations t SET missing_since = ${since}::timestamptz
      FROM absent
      WHERE t.product_id = absent.id AND t.store_id = ${store.id}::uuid AND t.language = ${language}::language
        AND t.missing_since IS NULL
      RETURNING t.product_id
    )
    UPDATE marketplace_products p SET missing_since = ${since}::timestamptz
    FROM gone
    WHERE p.id = gone.product_id AND p.store_id = ${store.id}::uuid AND NOT EXISTS (
      SELECT FROM marketplace_product_translations other
      WHERE other.product_id = p.id AND other.store_id = p.store_id AND other.language <> ${language}::language
        AND other.missing_since IS NULL OFFSET 0)`;
  await withdrawMissing(db, store, since);
}

/** What the job asks about, kept until somebody answers. */
async function keepAbsences(
  db: Db,
  { id, storeId }: ComparedImport,
  absent: readonly bigint[],
): Promise<void> {
  await db.$executeRaw(Prisma.sql`
    INSERT INTO marketplace_import_absences (job_id, store_id, product_id)
    SELECT ${id}::uuid, ${storeId}::uuid, unnest(${absent}::bigint[])
    ON CONFLICT DO NOTHING`);
}
