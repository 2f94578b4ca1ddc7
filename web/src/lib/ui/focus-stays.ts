import type { Attachment } from 'svelte/attachments';
import { focusTitle } from './title-focus.svelte.ts';

/**
 * Gives the focus to the title of the page when what had it goes, as a question does that was answered or a row that no
 * longer matches: from nowhere, a keyboard would begin with the whole page again. Whatever knows a better place for it
 * comes first; at another page the focus begins as the browser has it.
 */
export const focusStays: Attachment<HTMLElement> = (part) => {
  let focused: { readonly element: Element; readonly page: string } | null = null;
  const note = ({ target }: FocusEvent) =>
    (focused = { element: target as Element, page: location.pathname });
  // Who looks elsewhere leaves it behind; what is taken away is gone by then.
  const leave = () =>
    queueMicrotask(() => {
      if (focused?.element.isConnected && focused.element !== document.activeElement) focused = null;
    });
  const look = () => {
    if (focused === null || focused.element.isConnected) return;
    const { page } = focused;
    focused = null;
    setTimeout(() => {
      if (document.activeElement === document.body && location.pathname === page) focusTitle();
    });
  };
  part.addEventListener('focusin', note);
  part.addEventListener('focusout', leave);
  const observer = new MutationObserver(look);
  observer.observe(part, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    part.removeEventListener('focusin', note);
    part.removeEventListener('focusout', leave);
  };
};
