import { getContext, setContext, untrack } from 'svelte';

/** Grows whenever products have changed, here or elsewhere: what shows them reads them again. */
export interface News {
  readonly count: number;
  /** Something was changed here. */
  tell: () => void;
}

const key = Symbol('news of products');

/** `published` and `imported` grow when products were published, and when an import has ended. */
export function provideNews(published: () => number, imported: () => number): News {
  let told = $state(0);
  return setContext<News>(key, {
    get count() {
      return published() + imported() + told;
    },
    tell: () => (told += 1),
  });
}
export const useNews = (): News => getContext(key);

/** Reads again when the count has grown; to be called while a component is set up. */
export function onNews(count: () => number, again: () => void): void {
  let seen = untrack(count);
  // Products have changed on the server: an import ended, something was published, or a value was set.
  $effect(() => {
    const now = count();
    if (now === seen) return;
    seen = now;
    untrack(again);
  });
}
