import { getContext, setContext, untrack } from 'svelte';

/** Grows whenever products have changed, here or elsewhere: what shows them reads them again. */
export interface News {
  readonly count: number;
  /** Something was changed here. */
  tell: () => void;
}

const key = Symbol('news of products');

/** `imports`: how many imports there were and how many of them go on; null until that is known. */
export function provideNews(
  published: () => number,
  imports: () => { readonly total: number; readonly active: number } | null,
): News {
  let ended = $state(0);
  let known: number | null = null;
  // An import that ends has changed products: told by an event, counted here.
  $effect(() => {
    const now = imports();
    if (now === null) return;
    const over = now.total - now.active;
    if (known !== null && over > known) ended += 1;
    known = over;
  });
  return setContext<News>(key, {
    get count() {
      return published() + ended;
    },
    tell: () => (ended += 1),
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
