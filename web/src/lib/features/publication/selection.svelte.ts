import { untrack } from 'svelte';

/** So many can be chosen one by one; whoever wants more takes all that match. */
export const mostChosen = 1_000;

/** Which products of a list are chosen: some, from page to page, or all that match its filter. */
export class Selection {
  #ids = $state.raw<ReadonlySet<string>>(new Set());
  #all = $state(false);
  readonly #held: () => boolean;

  /** `held`: what is in sight is not what is asked for now. */
  constructor(held: () => boolean = () => false) {
    this.#held = held;
  }

  get ids(): readonly string[] {
    return [...this.#ids];
  }
  get all(): boolean {
    return this.#all;
  }
  get empty(): boolean {
    return !this.#all && this.#ids.size === 0;
  }
  get count(): number {
    return this.#ids.size;
  }

  /** Nothing can be chosen: what is in sight belongs to another filter or page than "all" would. */
  get held(): boolean {
    return this.#held();
  }

  /** No more can be chosen one by one. */
  get full(): boolean {
    return !this.#all && this.#ids.size >= mostChosen;
  }

  has(id: string): boolean {
    return this.#all || this.#ids.has(id);
  }

  /** `page`: what is in sight stays chosen when one of all is left out. */
  toggle(id: string, page: readonly string[]): void {
    if (this.held) return;
    const ids = new Set(this.#all ? page : this.#ids);
    if (!ids.delete(id) && ids.size < mostChosen) ids.add(id);
    this.#set(ids);
  }

  setPage(page: readonly string[], on: boolean): void {
    if (this.held) return;
    const ids = new Set(this.#all ? [] : this.#ids);
    for (const id of page) {
      if (!on) ids.delete(id);
      else if (ids.size < mostChosen) ids.add(id);
    }
    this.#set(ids);
  }

  chooseAll(): void {
    if (!this.held) this.#all = true;
  }

  clear(): void {
    this.#set(new Set());
  }

  #set(ids: ReadonlySet<string>): void {
    this.#all = false;
    this.#ids = ids;
  }
}

/**
 * What is chosen of a list that these are the filters of; `current`: what is in sight is what they let through. To be
 * called while a component is set up.
 */
export function useSelection(list: () => unknown, current: () => boolean): Selection {
  const selection = new Selection(() => !current());
  const filters = $derived(JSON.stringify(list()));
  // What was chosen of one list means nothing in another.
  $effect(() => {
    void filters;
    untrack(() => selection.clear());
  });
  return selection;
}
