import type { GoneFromFeed } from '#lib/features/import/missing-words.ts';
import { m } from '#lib/paraglide/messages.js';

/** From what changes nothing to what changes most. */
export const goneChoices = ['KEEP', 'OUT_OF_STOCK', 'UNPUBLISH'] as const satisfies readonly GoneFromFeed[];

/** What a store wants to become of products that are gone from their feeds, and what that means to shoppers. */
export const goneWords: Readonly<
  Record<GoneFromFeed, { readonly label: () => string; readonly hint: () => string }>
> = {
  KEEP: { label: m.settings_gone_keep, hint: m.settings_gone_keep_hint },
  OUT_OF_STOCK: { label: m.settings_gone_out, hint: m.settings_gone_out_hint },
  UNPUBLISH: { label: m.settings_gone_unpublish, hint: m.settings_gone_unpublish_hint },
};
