import type { PublicationJob } from '../../generated/prisma/client.ts';

declare module '../../platform/bus.ts' {
  interface BusTopics {
    /** A job as a step has left it; drop it unless its revision is larger than what you have. */
    readonly publication: PublicationJob;
  }
}

/** True for a job that will not change any more. */
export const isOver = ({ status }: Pick<PublicationJob, 'status'>): boolean =>
  status === 'COMPLETED' || status === 'FAILED';

/** Products that a job is done with. */
export const doneOf = (job: PublicationJob): number =>
  job.publishedCount + job.unpublishedCount + job.unchangedCount + job.refusedCount;
