import type { Language } from '../../generated/prisma/client.ts';
import type { Context } from '../../graphql/context.ts';
import { inPlace } from '../../graphql/in-place.ts';
import type { AddressRules } from '../../pipeline/source/address.ts';
import type { TurnQueue } from '../../platform/queue.ts';
import { storeFor } from '../store/store.access.ts';
import { meantAddress } from '../store/store.feed-addresses.ts';
import { canManageStore } from '../store/store.policy.ts';
import { importJobFor } from './import-job.access.ts';
import type { JobAnnouncer } from './import-job.announcer.ts';
import type { WatchedJob } from './import-job.record.ts';
import { reviewMissing } from './import-job.review.ts';
import { cancelImport, retryImport, startImport } from './import-job.service.ts';

declare module '../../graphql/context.ts' {
  interface Services {
    readonly importQueue: Pick<TurnQueue, 'enqueue'>;
    /** What imports may be started for: the guard, with the addresses that it lets through. */
    readonly feedAddressRules: AddressRules;
  }
}

interface StartRequest {
  readonly storeCode: string;
  readonly sourceUrl: string;
  readonly marketplace: string;
  readonly language: Language;
  readonly batchSize: number;
}

/**
 * A new job of a store that the viewer manages, announced to everybody. An address with masked secrets, as pages
 * show it, is the store's own. Throws what `storeFor` and `startImport` throw.
 */
export async function requestImport(context: Context, request: StartRequest): Promise<WatchedJob> {
  const { db, viewer, jobs, importQueue, feedAddressRules } = context;
  const store = await storeFor(db, viewer, request.storeCode, canManageStore);
  const sourceUrl = meantAddress(store, request.language, request.sourceUrl);
  const input = { ...request, sourceUrl, createdById: viewer?.id ?? null };
  return announced(jobs, await startImport(db, importQueue, feedAddressRules, input));
}

/** The job, cancelled or asked to stop. Throws what `importJobFor`, `inPlace` and `cancelImport` throw. */
export async function requestCancellation(
  { db, viewer, jobs }: Context,
  globalId: string,
): Promise<WatchedJob> {
  const { id, storeId } = await importJobFor(db, viewer, globalId, canManageStore);
  // Its end holds its record while the catalogue is written.
  return announced(jobs, await inPlace(`cancel ${storeId}`, () => cancelImport(db, id)));
}

/** The new job that repeats that one. Throws what `importJobFor` and `retryImport` throw. */
export async function requestRetry(context: Context, globalId: string): Promise<WatchedJob> {
  const { db, viewer, jobs, importQueue, feedAddressRules } = context;
  const { id } = await importJobFor(db, viewer, globalId, canManageStore);
  const createdById = viewer?.id ?? null;
  return announced(jobs, await retryImport(db, importQueue, feedAddressRules, { id, createdById }));
}

/**
 * The job whose question about missing products is answered. Throws what `importJobFor`, `inPlace` and `reviewMissing`
 * throw.
 */
export async function requestReview(
  { db, viewer, jobs }: Context,
  globalId: string,
  accept: boolean,
): Promise<WatchedJob> {
  const { id, storeId } = await importJobFor(db, viewer, globalId, canManageStore);
  return announced(jobs, await inPlace(storeId, () => reviewMissing(db, id, accept)));
}

/** Committed by now: whoever hears of it can read it. */
function announced(jobs: JobAnnouncer, job: WatchedJob): WatchedJob {
  jobs.publish(job);
  return job;
}
