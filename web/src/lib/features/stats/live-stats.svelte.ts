import { useApi } from '#lib/graphql/api.svelte.ts';
import {
  ImportStatsChangedDocument,
  type ImportStatsChangedSubscription,
} from '#lib/graphql/generated/graphql.ts';
import type { Problem } from '#lib/graphql/problem.ts';

export type StatsNow = ImportStatsChangedSubscription['statsChanged'];

/** Figures of imports that move by themselves: the first event is how things stand, each further one too. */
export class LiveStats {
  #now = $state.raw<StatsNow | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #heardAt = $state(0);

  /** null until the first event. */
  get now(): StatsNow | null {
    return this.#now;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  /** By this computer's clock, in milliseconds: what grows with time is counted on from here. */
  get heardAt(): number {
    return this.#heardAt;
  }

  hear(stats: StatsNow, at: number): void {
    this.#now = stats;
    this.#heardAt = at;
    this.#problem = null;
  }
  hearProblem(problem: Problem): void {
    this.#problem = problem;
  }
}

/** The figures of a store, or with null of all stores; to be called while a component is set up. */
export function useLiveStats(storeCode: () => string | null): LiveStats {
  const api = useApi();
  const stats = new LiveStats();
  // Watches the server.
  $effect(() =>
    api.watch(
      ImportStatsChangedDocument,
      { storeCode: storeCode() },
      ({ statsChanged }) => stats.hear(statsChanged, Date.now()),
      (problem) => stats.hearProblem(problem),
    ),
  );
  return stats;
}
