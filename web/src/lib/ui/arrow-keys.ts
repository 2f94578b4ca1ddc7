import type { Attachment } from 'svelte/attachments';

interface Options {
  /** Which parts the keys move between. */
  readonly items: string;
  readonly orientation?: 'vertical' | 'horizontal' | 'both';
  /** Called for the part that takes the focus: a radio or tab is chosen as soon as it is reached. */
  readonly onmove?: (item: HTMLElement) => void;
  /** Letters that do what the arrows do, such as j and k in a list. */
  readonly letters?: { readonly previous: string; readonly next: string };
  /** False where the ends do not meet. */
  readonly wrap?: boolean;
}

function step(
  event: KeyboardEvent,
  { orientation = 'vertical', letters }: Options,
): number | 'first' | 'last' | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const [vertical, horizontal] = [orientation !== 'horizontal', orientation !== 'vertical'];
  if ((vertical && event.key === 'ArrowDown') || (horizontal && event.key === 'ArrowRight')) return 1;
  if ((vertical && event.key === 'ArrowUp') || (horizontal && event.key === 'ArrowLeft')) return -1;
  if (letters && event.key === letters.next) return 1;
  if (letters && event.key === letters.previous) return -1;
  if (isText(event.target)) return null;
  if (event.key === 'Home') return 'first';
  return event.key === 'End' ? 'last' : null;
}

/** Where Home and End move the caret: a box to tick is an input too, but holds no text. */
const isText = (target: EventTarget | null) =>
  target instanceof HTMLInputElement && target.selectionStart !== null;

/** Arrows, Home and End move the focus between the parts of a list, a menu, a group of choices or tabs. */
export function arrowKeys(options: Options): Attachment<HTMLElement> {
  return (group) => {
    const onKeydown = (event: KeyboardEvent) => {
      const items = [...group.querySelectorAll<HTMLElement>(options.items)];
      const current = items.findIndex((item) => item === document.activeElement);
      const move = step(event, options);
      if (move === null || (current < 0 && event.target !== group)) return;
      event.preventDefault();
      const next = items.at(target(move, current, items.length, options.wrap ?? true));
      next?.focus();
      if (next) options.onmove?.(next);
    };
    group.addEventListener('keydown', onKeydown);
    return () => group.removeEventListener('keydown', onKeydown);
  };
}

function target(move: number | 'first' | 'last', current: number, count: number, wrap: boolean): number {
  if (move === 'first') return 0;
  if (move === 'last') return count - 1;
  if (current < 0) return move > 0 ? 0 : count - 1;
  return wrap ? (current + move + count) % count : Math.min(Math.max(current + move, 0), count - 1);
}
