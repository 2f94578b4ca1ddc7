/** True for what a second record with the same unique value fails with: Prisma's P2002. */
export const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'P2002';
