import type { MarketplaceImportJob, Store, User } from '../../generated/prisma/client.ts';

/**
 * A job with all that a client is shown of it without another statement: what an event carries, and what a list
 * reads. `createdBy` is null for the command line, and when the user is gone.
 */
export type WatchedJob = MarketplaceImportJob & { readonly store: Store; readonly createdBy: User | null };

/** For Prisma: what a WatchedJob is read with. */
export const watchedJobParts = { store: true, createdBy: true } as const;

declare module '../../platform/bus.ts' {
  interface BusTopics {
    /** A job in the state that a change has left it in; drop it unless its revision is larger than what you have. */
    readonly importJob: WatchedJob;
  }
}
