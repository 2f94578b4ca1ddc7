import { useLiveStats } from '#lib/features/stats/live-stats.svelte.ts';
import { getContext, setContext } from 'svelte';
import type { LiveStats } from '#lib/features/stats/live-stats.svelte.ts';

/** What goes on in a store, for its frame and its pages. */
export class StoreLife {
  readonly #stats: LiveStats;

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
}

const key = Symbol('store life');

/** Watched once for all pages of the store; to be called while its frame is set up. */
export const useStoreLife = (code: () => string): StoreLife =>
  setContext(key, new StoreLife(useLiveStats(code)));
export const useLifeOfStore = (): StoreLife => getContext(key);
