import { getContext, setContext } from 'svelte';

/** What a single key does on a page. */
export interface PageKey {
  /** In the list of all keys. */
  readonly label: string;
  readonly run: () => void;
}

/** What a page tells the area around it. */
export interface AreaPage {
  /** The key of the part of the navigation that it belongs to. */
  readonly current: string | null;
  /** From the part on; the place itself stands before them. The last one is the page. */
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  /** Single keys of this page alone. */
  readonly keys?: Readonly<Record<string, PageKey>> | null;
}

const nothing: AreaPage = { current: null, crumbs: [] };

/** Which page an area shows: made by `AreaShell`, told by the pages in it. */
export class Area {
  #page = $state.raw<() => AreaPage>(() => nothing);
  /** The same, for a page that leaves: what it reads of a state then is as it was before. */
  #last: (() => AreaPage) | null = null;

  get page(): AreaPage {
    return this.#page();
  }
  show(page: () => AreaPage): () => void {
    this.#page = page;
    this.#last = page;
    return () => {
      // The next page may have come before this one goes.
      if (this.#last === page) this.#page = () => nothing;
    };
  }
}

const key = Symbol('area');

export const provideArea = (): Area => setContext(key, new Area());

/** Tells the area which page this is, for as long as the component lives; to be called while it is set up. */
export function useAreaPage(page: () => AreaPage): void {
  const area = getContext<Area>(key);
  // Keeps the frame around the page, which was drawn before it, in step.
  $effect.pre(() => area.show(page));
}
