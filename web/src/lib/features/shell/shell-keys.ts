import { m } from '#lib/paraglide/messages.js';
import type { PageKeys } from '#lib/ui/page-keys.ts';
import type { NavItem } from './navigation.ts';

/** The keys of the parts of a place: `g p` goes to its products. */
export function navigationKeys(items: readonly NavItem[], go: (href: string) => void): PageKeys {
  return Object.fromEntries(
    items.flatMap(({ keys, href }) => (keys === undefined ? [] : [[keys, () => go(href)] as const])),
  );
}

/** What "All keys" lists: those of the place first, then those of every page. */
export function listOfKeys(
  items: readonly NavItem[],
): readonly { readonly keys: readonly string[]; readonly label: string }[] {
  return [
    { keys: [m.key_ctrl(), 'K'], label: m.keys_palette() },
    ...items.flatMap(({ keys, label }) => (keys === undefined ? [] : [{ keys: keys.split(' '), label }])),
    { keys: ['/'], label: m.keys_search() },
    { keys: ['j', 'k'], label: m.keys_rows() },
    { keys: ['Enter'], label: m.keys_open() },
    { keys: ['n'], label: m.keys_new_import() },
    { keys: ['c'], label: m.keys_check_feed() },
    { keys: [m.key_escape()], label: m.keys_close() },
    { keys: ['?'], label: m.keys_title() },
  ];
}
