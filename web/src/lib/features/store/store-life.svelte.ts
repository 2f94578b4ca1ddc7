import { useLiveStats } from '#lib/features/stats/live-stats.svelte.ts';
import { getContext, setContext, untrack } from 'svelte';
import type { LiveStats } from '#lib/features/stats/live-stats.svelte.ts';

/** What goes on in a store, for its frame and its pages. */
export class StoreLife {
  readonly #stats: LiveStats;
  #ended = $state(0);
  #over: number | null = null;

  constructor(stats: LiveStats) {
    this.#stats = stats;
  }

  /** null until the first event. */
  get now() {
    return this.#stats.now;
  }
  get running(): boolean {
    return (this.#stats.now?.imports.active ?? 0) > 0;
  }
  /** Grows with imports that end, those too that are over before an event says that they run. */
  get ended(): number {
    return this.#ended;
  }

  /** To be called with each event. */
  count({ total, active }: { readonly total: number; readonly active: number }): void {
    const over = total - active;
    if (this.#over !== null && over > this.#over) this.#ended += 1;
    this.#over = over;
  }
}

const key = Symbol('store life');

/** Watched once for all pages of the store; to be called while its frame is set up. */
export function useStoreLife(code: () => string): StoreLife {
  const life = new StoreLife(useLiveStats(code));
  // Told by events, counted here.
  $effect(() => {
    const imports = life.now?.imports;
    if (imports) untrack(() => life.count(imports));
  });
  return setContext(key, life);
}
export const useLifeOfStore = (): StoreLife => getContext(key);
