import { v7 as uuidv7 } from 'uuid';
import type { Language } from '../../generated/prisma/client.ts';
import { normaliserVersion } from '../../pipeline/normalise.ts';
import { checkAddress, type AddressRules } from '../../pipeline/source/address.ts';
import type { Database, Db } from '../../platform/database.ts';
import type { TurnQueue } from '../../platform/queue.ts';
import { FeedRefusal } from '../../product-data/feed-refusal.ts';
import { StoreNotFoundError } from '../store/store.errors.ts';
import {
  BatchSizeError,
  FeedAddressError,
  ImportFileGoneError,
  ImportJobEndedError,
  ImportJobNotEndedError,
  ImportJobNotFoundError,
  MarketplaceUnknownError,
  StoreInactiveError,
  TooManyWaitingError,
} from './import-job.errors.ts';
import { revisionLead } from './import-job.live.ts';
import { watchedJobParts, type WatchedJob } from './import-job.record.ts';
import { hasEnded } from './import-job.state.ts';

export const smallestBatch = 100;
export const largestBatch = 5000;
export const defaultBatch = 1000;
export const defaultMarketplace = 'Letzshop';
/** So many imports of a store may wait for its turn: a script that runs away goes no further. */
export const mostWaiting = 200;

export interface StartImport {
  readonly storeCode: string;
  readonly sourceUrl: string;
  readonly language: Language;
  readonly marketplace?: string;
  readonly batchSize?: number;
  /** Null for the command line. */
  readonly createdById: string | null;
  /** The job that this one repeats; what is wrong with its settings is then wrong with that job. */
  readonly retryOfId?: string;
}

const pathOf = (field: keyof StartImport, { retryOfId }: StartImport) => [
  retryOfId === undefined ? field : 'id',
];

/** A job waiting for its store's turn, for a feed on the web. The address is checked, not fetched yet. */
export async function startImport(
  db: Database['db'],
  queue: Pick<TurnQueue, 'enqueue'>,
  rules: AddressRules,
  input: StartImport,
): Promise<WatchedJob> {
  try {
    await checkAddress(input.sourceUrl, rules);
  } catch (error) {
    throw error instanceof FeedRefusal ? new FeedAddressError(error, pathOf('sourceUrl', input)) : error;
  }
  return createImportJob(db, queue, uuidv7(), input);
}

/**
 * A job waiting for its store's turn, stored and queued in one transaction. For a feed that is not fetched from
 * an address the caller has spooled it under this id. Throws TooManyWaitingError when enough wait already.
 */
export async function createImportJob(
  db: Database['db'],
  queue: Pick<TurnQueue, 'enqueue'>,
  id: string,
  input: StartImport,
): Promise<WatchedJob> {
  const { storeCode, batchSize = defaultBatch, marketplace = defaultMarketplace, ...rest } = input;
  if (!Number.isInteger(batchSize) || batchSize < smallestBatch || batchSize > largestBatch) {
    throw new BatchSizeError(smallestBatch, largestBatch);
  }
  if (marketplace !== defaultMarketplace) throw new MarketplaceUnknownError(marketplace, defaultMarketplace);
  const store = await db.store.findUnique({ where: { code: storeCode }, include: { merchant: true } });
  if (!store) throw new StoreNotFoundError(storeCode);
  const off = store.merchant.active ? 'store' : 'merchant';
  if (off === 'merchant' || !store.active)
    throw new StoreInactiveError(storeCode, off, pathOf('storeCode', input));
  return db.$transaction(
    async (transaction) => {
      // Those who ask in the same moment do not see each other: a few more are no harm.
      const waiting = { storeId: store.id, status: 'PENDING' } as const;
      if ((await transaction.marketplaceImportJob.count({ where: waiting })) >= mostWaiting) {
        throw new TooManyWaitingError(mostWaiting);
      }
      const job = await transaction.marketplaceImportJob.create({
        data: { id, storeId: store.id, batchSize, marketplace, normaliserVersion, ...rest },
        include: watchedJobParts,
      });
      await queue.enqueue(transaction, store.id);
      return job;
    },
    { maxWait: patienceMs, timeout: patienceMs },
  );
}

/** While all connections are in use. */
const patienceMs = 10_000;

/** Ends a waiting job at once, and a running one after the batch that is being written. */
export async function cancelImport(db: Db, id: string): Promise<WatchedJob> {
  // One statement for both: a job that is handed back or claimed meanwhile is looked at as it is then.
  await db.$executeRaw`
    UPDATE marketplace_import_jobs SET
      status = CASE status WHEN 'PENDING' THEN 'CANCELLED' ELSE status END,
      completed_at = CASE status WHEN 'PENDING' THEN now() ELSE completed_at END,
      cancel_requested_at = COALESCE(cancel_requested_at, now()),
      revision = revision + ${revisionLead}, updated_at = now()
    WHERE id = ${id}::uuid
      AND (status = 'PENDING' OR status = 'PROCESSING' AND cancel_requested_at IS NULL)`;
  const job = await db.marketplaceImportJob.findUnique({ where: { id }, include: watchedJobParts });
  if (!job) throw new ImportJobNotFoundError();
  if (hasEnded(job.status) && job.status !== 'CANCELLED') throw new ImportJobEndedError();
  return job;
}

/**
 * Asks all jobs of stores that are switched off, by themselves or with their merchant, to end. Waits for none: one
 * whose record is being written is asked the next time.
 */
export async function cancelSwitchedOff(db: Db): Promise<void> {
  await db.$executeRaw`
    UPDATE marketplace_import_jobs
    SET cancel_requested_at = now(), revision = revision + ${revisionLead}, updated_at = now()
    WHERE id IN (
      SELECT job.id FROM marketplace_import_jobs job
      JOIN stores store ON store.id = job.store_id
      JOIN merchants merchant ON merchant.id = store.merchant_id
      WHERE job.status IN ('PENDING', 'PROCESSING') AND job.cancel_requested_at IS NULL
        AND NOT (store.active AND merchant.active)
      FOR NO KEY UPDATE OF job SKIP LOCKED)`;
}

/**
 * A new job for the same feed, with the settings of one that has ended. Throws ImportFileGoneError for a file of
 * the command line.
 */
export async function retryImport(
  db: Database['db'],
  queue: Pick<TurnQueue, 'enqueue'>,
  rules: AddressRules,
  { id, createdById }: { readonly id: string; readonly createdById: string | null },
): Promise<WatchedJob> {
  const job = await db.marketplaceImportJob.findUnique({ where: { id }, include: { store: true } });
  if (!job) throw new ImportJobNotFoundError();
  if (!hasEnded(job.status)) throw new ImportJobNotEndedError();
  const { sourceUrl, language, marketplace, batchSize, store } = job;
  if (sourceUrl.startsWith('file:')) throw new ImportFileGoneError();
  const input = {
    storeCode: store.code,
    sourceUrl,
    language,
    marketplace,
    batchSize,
    createdById,
    retryOfId: id,
  };
  return startImport(db, queue, rules, input);
}
