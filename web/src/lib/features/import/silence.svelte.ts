import { useApi } from '#lib/graphql/api.svelte.ts';
import type { JobState } from './job-fold.svelte.ts';

const silentAfterMs = 15_000;

/** Whether what is shown of a running import is of now. */
export interface Silence {
  /** The link is lost: since when what is shown is known. */
  readonly lostAt: Date | null;
  /** The link holds, but nothing was heard of this import for so long; null while all is well. */
  readonly silentMs: number | null;
}

/** To be called while a component is set up; `heardAt` as `performance.now()` counts. */
export function useSilence(job: () => JobState | null, heardAt: () => number | null): Silence {
  const { connection } = useApi();
  let now = $state(performance.now());
  const runs = $derived(job()?.status === 'PROCESSING');
  // Keeps the seconds in step with the clock. It asks no server.
  $effect(() => {
    if (!runs) return;
    const timer = setInterval(() => (now = performance.now()), 1000);
    return () => clearInterval(timer);
  });
  return {
    get lostAt() {
      return runs ? connection.lostAt : null;
    },
    get silentMs() {
      // First of all, so that it is asked again with each second.
      const at = now;
      const heard = heardAt();
      if (!runs || connection.lostAt !== null || heard === null) return null;
      return at - heard >= silentAfterMs ? at - heard : null;
    },
  };
}
