import type { ImportJobStatus } from '../../generated/prisma/enums.ts';

/**
 * The moves of a job: each statement that makes one names the state that it begins from. PROCESSING to PENDING is a
 * worker handing the job back in order.
 */
const moves: Record<ImportJobStatus, readonly ImportJobStatus[]> = {
  PENDING: ['PROCESSING', 'CANCELLED'],
  PROCESSING: ['PENDING', 'COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED', 'CANCELLED'],
  COMPLETED: [],
  COMPLETED_WITH_ERRORS: [],
  FAILED: [],
  CANCELLED: [],
};

/** True when a job may go from one state to the other. */
export function canMove(from: ImportJobStatus, to: ImportJobStatus): boolean {
  return moves[from].includes(to);
}

/** True when the job will never change again. */
export function hasEnded(status: ImportJobStatus): boolean {
  return moves[status].length === 0;
}
