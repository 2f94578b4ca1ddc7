import { Prisma, type PublicationJob } from '../../generated/prisma/client.ts';
import type { Database, Db } from '../../platform/database.ts';
import { countProductIds } from '../marketplace-product/marketplace-product.list.ts';
import { lockCatalogue } from './product.lock.ts';
import { findTurn } from './publication.list.ts';
import { isOver } from './publication.record.ts';
import { selectionOf, selectionSql } from './publication.selection.ts';
import { mostRefused, takeStep, type PlaceInStore, type StepResult } from './publication.step.ts';

/** Products that a step of a job looks at: half a second of the database, and no more at a time. */
export const usualStep = 20_000;
const longestStepMs = 120_000;
/** A job whose steps fail so often in a row will not succeed. */
const mostFailures = 5;

/**
 * Takes the next step of a job and puts on record how far it has come, in one transaction: whoever is stopped in the
 * middle has done nothing, and whoever goes on begins where the record says. The job as it is then; null when it is
 * over, when another one of the store comes first, or when somebody else is taking a step of it at this moment.
 */
export async function advancePublication(
  db: Database['db'],
  id: string,
  stepSize = usualStep,
): Promise<PublicationJob | null> {
  return db.$transaction(
    async (transaction) => {
      const [locked] = await transaction.$queryRaw<unknown[]>`
        SELECT 1 FROM publication_jobs WHERE id = ${id}::uuid AND status IN ('PENDING', 'PROCESSING')
        FOR UPDATE SKIP LOCKED`;
      if (!locked) return null;
      const job = await transaction.publicationJob.findUniqueOrThrow({ where: { id } });
      // What was asked for before it may be on record only when whoever had the catalogue is done, as an import's end.
      const store = job.total === null ? null : await lockCatalogue(transaction, job.storeId);
      const turn = await findTurn(transaction, job.storeId);
      if (turn?.id !== id) return null;
      if (!store) return begin(transaction, job);
      const step = { store, action: job.action, selection: selectionOf(job), after: placeOf(job) };
      return note(transaction, job, await takeStep(transaction, { ...step, size: stepSize }));
    },
    { timeout: longestStepMs, maxWait: longestStepMs },
  );
}

const placeOf = ({ atMarketplace, atMarketplaceProductId }: PublicationJob): PlaceInStore | null =>
  atMarketplace === null || atMarketplaceProductId === null
    ? null
    : { marketplace: atMarketplace, marketplaceProductId: atMarketplaceProductId };

/** The first step: what is to be done is counted, so that progress can be told. */
async function begin(db: Db, job: PublicationJob): Promise<PublicationJob> {
  const store = await db.store.findUniqueOrThrow({ where: { id: job.storeId } });
  const selection = selectionOf(job);
  const total =
    selection.kind === 'filter' && !selection.among
      ? await countProductIds(db, job.storeId, selection.filter)
      : await countChosen(db, job.storeId, selectionSql(store, selection));
  return db.publicationJob.update({
    where: { id: job.id },
    data: { status: 'PROCESSING', total, startedAt: new Date(), revision: { increment: 1 } },
  });
}

async function countChosen(db: Db, storeId: string, chosen: Prisma.Sql): Promise<number> {
  const [counted] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM marketplace_products p WHERE p.store_id = ${storeId}::uuid AND ${chosen}`;
  return Number(counted?.count ?? 0);
}

function note(
  db: Db,
  job: PublicationJob,
  { reached, refused, ...counts }: StepResult,
): Promise<PublicationJob> {
  const named = [...(job.refused as string[]), ...refused].slice(0, mostRefused);
  const sums = {
    publishedCount: job.publishedCount + counts.publishedCount,
    unpublishedCount: job.unpublishedCount + counts.unpublishedCount,
    unchangedCount: job.unchangedCount + counts.unchangedCount,
    refusedCount: job.refusedCount + counts.refusedCount,
  };
  const done = Object.values(sums).reduce((sum, count) => sum + count, 0);
  return db.publicationJob.update({
    where: { id: job.id },
    data: {
      ...{ ...sums, refused: named, failures: 0, revision: { increment: 1 } },
      // Imports go on meanwhile: in the end it is what was found.
      total: reached ? Math.max(job.total ?? 0, done) : done,
      ...(reached
        ? { atMarketplace: reached.marketplace, atMarketplaceProductId: reached.marketplaceProductId }
        : { status: 'COMPLETED', completedAt: new Date() }),
    },
  });
}

/** Puts on record that a step failed; the job as it is then, given up after several in a row. Null when it is over. */
export async function noteFailure(db: Db, id: string): Promise<PublicationJob | null> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    UPDATE publication_jobs SET failures = failures + 1, revision = revision + 1, updated_at = now(),
      status = CASE WHEN failures + 1 >= ${mostFailures} THEN 'FAILED' ELSE 'PROCESSING' END::publication_status,
      completed_at = CASE WHEN failures + 1 >= ${mostFailures} THEN now() END
    WHERE id = ${id}::uuid AND status IN ('PENDING', 'PROCESSING') RETURNING id`;
  return rows.length > 0 ? db.publicationJob.findUnique({ where: { id } }) : null;
}

/** Silence after which nobody seems to be at a job. */
const silence = Prisma.raw(`interval '10 seconds'`);

/**
 * Jobs that wait for nothing but a node, and those of nodes that are gone, at most so many: first those of the store
 * that has had none for longest, however many another one asks for. Not those of which somebody is taking a step,
 * however long that takes: the others would never have their turn.
 */
export async function findOpenPublications(db: Db, limit: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT job.id FROM (
      SELECT DISTINCT ON (store_id) id FROM publication_jobs
      WHERE status IN ('PENDING', 'PROCESSING') ORDER BY store_id, created_at, id) turn
    JOIN publication_jobs job ON job.id = turn.id
    WHERE job.status = 'PENDING' OR job.updated_at < now() - ${silence}
    ORDER BY (SELECT max(done.completed_at) FROM publication_jobs done WHERE done.store_id = job.store_id)
      NULLS FIRST, job.updated_at
    LIMIT ${limit} FOR NO KEY UPDATE OF job SKIP LOCKED`;
  return rows.map(({ id }) => id);
}

interface Run {
  readonly db: Database['db'];
  readonly stopping: AbortSignal;
  readonly stepSize?: number;
  readonly announce: (job: PublicationJob) => void;
}

/**
 * Takes step after step of a job, until it is over, it is somebody else's turn, or `stopping` is aborted. True when it
 * is over by this.
 */
export async function runPublication(
  id: string,
  { db, stopping, stepSize, announce }: Run,
): Promise<boolean> {
  while (!stopping.aborted) {
    const job = await advancePublication(db, id, stepSize);
    if (job) announce(job);
    if (!job || isOver(job)) return job !== null;
  }
  return false;
}
