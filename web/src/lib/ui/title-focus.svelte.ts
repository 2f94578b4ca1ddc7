import { untrack } from 'svelte';

/** Where the focus goes when what had it is gone: otherwise it would be nowhere. */
export const focusTitle = () =>
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });

/** Begins at the title when another part takes the place of the page, as at a page that is gone to. */
export function useTitleFocus(part: () => unknown): void {
  let shown = untrack(part);
  // The focus and the place in the page belong to the browser.
  $effect(() => {
    const now = part();
    if (now === shown) return;
    shown = now;
    scrollTo({ top: 0 });
    focusTitle();
  });
}
