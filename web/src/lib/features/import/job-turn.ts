import type { JobState } from './job-fold.svelte.ts';

/**
 * How an active import stands to the one that is shown whole. Those of one store take turns, those of several run
 * side by side: `next` waits for the end of that one, `waits` for a place.
 */
export const turnBeside = (
  job: Pick<JobState, 'status' | 'store'>,
  shown: Pick<JobState, 'store'>,
): 'runs' | 'next' | 'waits' =>
  job.status === 'PROCESSING' ? 'runs' : job.store.id === shown.store.id ? 'next' : 'waits';
