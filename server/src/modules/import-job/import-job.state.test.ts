// @module-tag import-job
import { expect, test } from 'vitest';
import { ImportJobStatus } from '../../generated/prisma/enums.ts';
import { canMove, hasEnded } from './import-job.state.ts';

const all = Object.values(ImportJobStatus);

test.each([
  ['PENDING', ['PROCESSING', 'CANCELLED']],
  ['PROCESSING', ['PENDING', 'COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED', 'CANCELLED']],
  ['COMPLETED', []],
  ['COMPLETED_WITH_ERRORS', []],
  ['FAILED', []],
  ['CANCELLED', []],
] as const)('a job that is %s can only become %j', (from, to) => {
  expect(all.filter((status) => canMove(from, status)).sort()).toEqual([...to].sort());
  expect(hasEnded(from)).toBe(to.length === 0);
});
