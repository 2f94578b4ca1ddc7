import { m } from '#lib/paraglide/messages.js';

export const jobStatuses = [
  'PENDING',
  'PROCESSING',
  'COMPLETED',
  'COMPLETED_WITH_ERRORS',
  'FAILED',
  'CANCELLED',
] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** What the status of an import is called. */
export const jobStatusName: Readonly<Record<JobStatus, () => string>> = {
  PENDING: m.status_pending,
  PROCESSING: m.status_processing,
  COMPLETED: m.status_completed,
  COMPLETED_WITH_ERRORS: m.status_completed_with_errors,
  FAILED: m.status_failed,
  CANCELLED: m.status_cancelled,
};

/** Waiting or running: it can be cancelled, and it changes by itself. */
export const isJobActive = (status: JobStatus) => status === 'PENDING' || status === 'PROCESSING';

export const activeStatuses = jobStatuses.filter(isJobActive);
export const endedStatuses = jobStatuses.filter((status) => !isJobActive(status));
/** Those of imports that say something of their feed: one that somebody stopped does not. */
export const finishedStatuses: readonly JobStatus[] = endedStatuses.filter(
  (status) => status !== 'CANCELLED',
);
