import type { Attachment } from 'svelte/attachments';

interface Options {
  /** Where the other edges meet when there is room: at the start or the end of the anchor. */
  readonly align?: 'start' | 'end';
  /** As wide as its anchor at least. */
  readonly wide?: boolean;
}

const gap = 6;
const edge = 8;

/** Puts a floating part below its anchor, or above where there is more room, and inside the window. */
export function placeBeside(anchor: Element, floating: HTMLElement, options: Options = {}): void {
  const at = anchor.getBoundingClientRect();
  if (options.wide) floating.style.minWidth = `${at.width}px`;
  floating.style.maxWidth = `calc(100vw - ${2 * edge}px)`;
  const below = innerHeight - at.bottom - gap - edge;
  const above = at.top - gap - edge;
  floating.style.maxHeight = '';
  const upwards = floating.offsetHeight > below && above > below;
  floating.style.maxHeight = `${Math.max(120, upwards ? above : below)}px`;
  const left = options.align === 'end' ? at.right - floating.offsetWidth : at.left;
  floating.style.left = `${Math.max(edge, Math.min(left, innerWidth - floating.offsetWidth - edge))}px`;
  floating.style.top = `${upwards ? at.top - gap - floating.offsetHeight : at.bottom + gap}px`;
}

/** Keeps a popover beside its anchor for as long as it is open, while the page scrolls or changes its size. */
export function floatBeside(
  anchor: () => Element | undefined,
  options: Options = {},
): Attachment<HTMLElement> {
  return (floating) => {
    const place = () => {
      const element = anchor();
      if (element && floating.matches(':popover-open')) placeBeside(element, floating, options);
    };
    const sizes = new ResizeObserver(place);
    const onToggle = (event: ToggleEvent) => {
      if (event.newState !== 'open') return sizes.disconnect();
      place();
      sizes.observe(floating);
    };
    floating.addEventListener('toggle', onToggle);
    addEventListener('scroll', place, { capture: true, passive: true });
    addEventListener('resize', place);
    return () => {
      sizes.disconnect();
      floating.removeEventListener('toggle', onToggle);
      removeEventListener('scroll', place, { capture: true });
      removeEventListener('resize', place);
    };
  };
}
