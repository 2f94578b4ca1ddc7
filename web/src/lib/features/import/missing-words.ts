import type { Format } from '#lib/format/format.svelte.ts';
import type { StoreEditingFragment } from '#lib/graphql/generated/graphql.ts';
import { m } from '#lib/paraglide/messages.js';
import { feedName } from './feed-words.ts';
import type { JobState } from './job-fold.svelte.ts';

export type GoneFromFeed = StoreEditingFragment['goneFromFeed'];

/** True for an import that waits for somebody to say whether products are really gone. */
export const asksOfMissing = ({ missing }: JobState): boolean => missing?.review === 'HELD';

/** "The French feed shrank from 5,000 to 2,000 products": while an import asks, nothing of it is taken away yet. */
export function shrankWords({ language, missing }: JobState, format: Format): string {
  const before = missing?.presentCount ?? 0;
  const after = Math.max(before - (missing?.missingCount ?? 0), 0);
  return m.missing_shrank({
    ...{ feed: feedName[language](), before: format.count(before) },
    ...{ n: after, after: format.count(after) },
  });
}

/** What an import found of products that are gone or back, in a line; empty when there is nothing to say. */
export function missingWords({ missing }: JobState, format: Format): string {
  if (!missing) return '';
  const { review, missingCount, returnedCount } = missing;
  const gone = format.counted(missingCount);
  const said = {
    APPLIED: m.missing_gone,
    ACCEPTED: m.missing_gone,
    HELD: m.missing_asked,
    DISMISSED: m.missing_kept,
    SUPERSEDED: m.missing_superseded,
  };
  return [
    ...(missingCount > 0 ? [said[review](gone)] : []),
    ...(returnedCount > 0 ? [m.missing_returned(format.counted(returnedCount))] : []),
  ].join(' ');
}

/** What becomes of them in the shop when they are really gone. */
export const goneMeans: Readonly<Record<GoneFromFeed, () => string>> = {
  KEEP: m.missing_means_keep,
  OUT_OF_STOCK: m.missing_means_out,
  UNPUBLISH: m.missing_means_unpublish,
};
