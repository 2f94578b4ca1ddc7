import { v7 as uuidv7 } from 'uuid';
import type { Language, MarketplaceImportJob } from '../../generated/prisma/client.ts';
import { normaliserVersion } from '../../pipeline/normalise.ts';
import { checkAddress, type AddressRules } from '../../pipeline/source/address.ts';
import type { Database, Db } from '../../platform/database.ts';
import type { TurnQueue } from '../../platform/queue.ts';
import { FeedRefusal } from '../../product-data/feed-refusal.ts';
import {
  BatchSizeError,
  FeedAddressError,
  ImportJobEndedError,
  ImportJobNotEndedError,
  ImportJobNotFoundError,
  StoreInactiveError,
  StoreNotFoundError,
} from './import-job.errors.ts';
import { hasEnded } from './import-job.state.ts';

export const smallestBatch = 100;
export const largestBatch = 5000;
export const defaultBatch = 1000;
export const defaultMarketplace = 'Letzshop';

export interface StartImport {
  readonly storeCode: string;
  readonly sourceUrl: string;
  readonly language: Language;
  readonly marketplace?: string;
  readonly batchSize?: number;
  /** Null for the command line. */
  readonly createdById: string | null;
}

/** A job waiting for its store's turn, for a feed on the web. The address is checked, not fetched yet. */
export async function startImport(
  db: Database['db'],
  queue: Pick<TurnQueue, 'enqueue'>,
  rules: AddressRules,
  input: StartImport,
): Promise<MarketplaceImportJob> {
  try {
    await checkAddress(input.sourceUrl, rules);
  } catch (error) {
    throw error instanceof FeedRefusal ? new FeedAddressError(error) : error;
  }
  return createImportJob(db, queue, uuidv7(), input);
}

/**
 * A job waiting for its store's turn, stored and queued in one transaction. For a feed that is not fetched from
 * an address the caller has spooled it under this id.
 */
export async function createImportJob(
  db: Database['db'],
  queue: Pick<TurnQueue, 'enqueue'>,
  id: string,
  input: StartImport & { readonly retryOfId?: string },
): Promise<MarketplaceImportJob> {
  const { storeCode, batchSize = defaultBatch, marketplace = defaultMarketplace, ...rest } = input;
  if (!Number.isInteger(batchSize) || batchSize < smallestBatch || batchSize > largestBatch) {
    throw new BatchSizeError(smallestBatch, largestBatch);
  }
  const store = await db.store.findUnique({ where: { code: storeCode } });
  if (!store) throw new StoreNotFoundError(storeCode);
  if (!store.active) throw new StoreInactiveError(storeCode);
  return db.$transaction(async (transaction) => {
    const job = await transaction.marketplaceImportJob.create({
      data: { id, storeId: store.id, batchSize, marketplace, normaliserVersion, ...rest },
    });
    await queue.enqueue(transaction, store.id);
    return job;
  });
}

/** Ends a waiting job at once, and a running one after the batch that is being written. */
export async function cancelImport(db: Db, id: string): Promise<MarketplaceImportJob> {
  const now = new Date();
  await db.marketplaceImportJob.updateMany({
    where: { id, status: 'PENDING' },
    data: { status: 'CANCELLED', cancelRequestedAt: now, completedAt: now, revision: { increment: 1 } },
  });
  await db.marketplaceImportJob.updateMany({
    where: { id, status: 'PROCESSING', cancelRequestedAt: null },
    data: { cancelRequestedAt: now, revision: { increment: 1 } },
  });
  const job = await db.marketplaceImportJob.findUnique({ where: { id } });
  if (!job) throw new ImportJobNotFoundError();
  if (hasEnded(job.status) && job.status !== 'CANCELLED') throw new ImportJobEndedError();
  return job;
}

/** A new job for the same feed, with the settings of one that has ended. */
export async function retryImport(
  db: Database['db'],
  queue: Pick<TurnQueue, 'enqueue'>,
  rules: AddressRules,
  { id, createdById }: { readonly id: string; readonly createdById: string | null },
): Promise<MarketplaceImportJob> {
  const job = await db.marketplaceImportJob.findUnique({ where: { id }, include: { store: true } });
  if (!job) throw new ImportJobNotFoundError();
  if (!hasEnded(job.status)) throw new ImportJobNotEndedError();
  const { sourceUrl, language, marketplace, batchSize, store } = job;
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
