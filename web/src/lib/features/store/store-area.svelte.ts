import { getContext, setContext } from 'svelte';
import type { FeedAddresses } from '#lib/features/import/import-request.svelte.ts';
import type { StoreAreaQuery } from '#lib/graphql/generated/graphql.ts';

export type StoreFacts = NonNullable<StoreAreaQuery['store']>;

/** The store that the pages below are of. What the viewer may do there is in its facts. */
export class StoreArea {
  readonly #facts: () => StoreFacts;

  constructor(facts: () => StoreFacts) {
    this.#facts = facts;
  }

  get facts(): StoreFacts {
    return this.#facts();
  }
  /** The feeds of its settings. */
  get feeds(): FeedAddresses {
    const { letzshopCsvUrlFr, letzshopCsvUrlEn, letzshopCsvUrlDe } = this.facts;
    return { FR: letzshopCsvUrlFr, EN: letzshopCsvUrlEn, DE: letzshopCsvUrlDe };
  }
  /** The address of one of its pages: `marketplace`; of its first one without a name. */
  href(page = ''): string {
    const at = `/store/${encodeURIComponent(this.facts.code)}`;
    return page === '' ? at : `${at}/${page}`;
  }
  /** The address of an import. */
  jobHref(id: string): string {
    return this.href(`marketplace/${encodeURIComponent(id)}`);
  }
}

const key = Symbol('store');

export const provideStore = (store: StoreArea): StoreArea => setContext(key, store);
/** To be called while a component below the layout of a store is set up. */
export const useStore = (): StoreArea => getContext(key);
