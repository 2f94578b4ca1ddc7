import { getContext, setContext, untrack } from 'svelte';
import { isOver } from '#lib/features/publication/publishing.svelte.ts';
import { useLiveStats, type LiveStats } from '#lib/features/stats/live-stats.svelte.ts';
import { useApi } from '#lib/graphql/api.svelte.ts';
import { OpenPublicationsDocument, PublicationProgressDocument } from '#lib/graphql/generated/graphql.ts';

/** What goes on in a store, for its frame and its pages. */
export class StoreLife {
  readonly #stats: LiveStats;
  #ended = $state(0);
  #published = $state(0);
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

  /** Grows with publications that are over, such as those of what an import brought. */
  get published(): number {
    return this.#published;
  }
  /** Grows whenever products may have changed without anybody at this page. */
  get changes(): number {
    return this.#ended + this.#published;
  }

  countPublished(): void {
    this.#published += 1;
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

/**
 * For pages that show products: follows what is open when the page begins, and what imports leave to be published
 * when they end, to its end, so that `changes` tells of it. To be called while a component is set up.
 */
export function usePublications(code: () => string, life: StoreLife): void {
  const api = useApi();
  // Watches the server.
  $effect(() => {
    const isAfterImport = life.ended > 0;
    const ends: (() => void)[] = [];
    let isLeft = false;
    void api.read(OpenPublicationsDocument, { code: code() }).then(({ data }) => {
      if (isLeft || !data?.store) return;
      const { autoPublish, openPublications } = data.store;
      for (const { id } of openPublications) {
        ends.push(
          api.watch(PublicationProgressDocument, { id }, ({ publicationProgress }) => {
            if (isOver(publicationProgress)) life.countPublished();
          }),
        );
      }
      // It may be over already.
      if (isAfterImport && autoPublish && openPublications.length === 0) life.countPublished();
    });
    return () => {
      isLeft = true;
      for (const end of ends) end();
    };
  });
}
export const useLifeOfStore = (): StoreLife => getContext(key);
