import { m } from '#lib/paraglide/messages.js';
import type { PageKeys } from '#lib/ui/page-keys.ts';
import type { AreaPage, PageKey } from './area-page.svelte.ts';
import type { NavItem } from './navigation.ts';

/** The keys of the parts of a place: `g p` goes to its products. */
export function navigationKeys(items: readonly NavItem[], go: (href: string) => void): PageKeys {
  return Object.fromEntries(
    items.flatMap(({ keys, href }) => (keys === undefined ? [] : [[keys, () => go(href)] as const])),
  );
}

/** The keys of a page alone. */
export const keysOfPage = ({ keys }: AreaPage): PageKeys =>
  Object.fromEntries(Object.entries(keys ?? {}).map(([key, { run }]) => [key, run]));

/** Where Esc leads from a page of the place at `href`: to the last of the crumbs before it; null at the place itself. */
export function parentOf({ crumbs }: AreaPage, href: string, path: string): string | null {
  return crumbs.findLast((crumb) => crumb.href !== undefined)?.href ?? (path === href ? null : href);
}

/** What "All keys" lists: those of the place first, those of its page, then those of every page. */
export function listOfKeys(
  items: readonly NavItem[],
  pageKeys: Readonly<Record<string, Pick<PageKey, 'label'>>>,
): readonly { readonly keys: readonly string[]; readonly label: string }[] {
  return [
    { keys: [m.key_ctrl(), 'K'], label: m.keys_palette() },
    ...items.flatMap(({ keys, label }) => (keys === undefined ? [] : [{ keys: keys.split(' '), label }])),
    ...Object.entries(pageKeys).map(([key, { label }]) => ({ keys: [key], label })),
    { keys: ['/'], label: m.keys_search() },
    { keys: ['j', 'k'], label: m.keys_rows() },
    { keys: ['Enter'], label: m.keys_open() },
    { keys: [m.key_escape()], label: m.keys_close() },
    { keys: ['?'], label: m.keys_title() },
  ];
}
