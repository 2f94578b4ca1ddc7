import type { ImportJobStatus } from '../../generated/prisma/enums.ts';

const ends: ReadonlySet<ImportJobStatus> = new Set([
  'COMPLETED',
  'COMPLETED_WITH_ERRORS',
  'FAILED',
  'CANCELLED',
]);

/** True when the job is in a state that it never leaves: each other one goes on to one of these. */
export const hasEnded = (status: ImportJobStatus): boolean => ends.has(status);
