import type { Language } from '../../generated/prisma/client.ts';
import type { Context } from '../../graphql/context.ts';
import { fault } from '../../graphql/errors.ts';
import { languageOf } from '../../product-data/language.ts';
import { findStore } from '../store/store.access.ts';
import { meantAddress } from '../store/store.feed-addresses.ts';
import { canManageStore } from '../store/store.policy.ts';
import type { FeedCheckResult } from './feed-check.ts';

interface CheckRequest {
  readonly storeCode: string;
  readonly sourceUrl: string;
  readonly language: Language;
}

/**
 * What an import of the feed into the store would do. An address with masked secrets, as pages show it, is the
 * store's own. Throws NOT_FOUND for a store that the viewer may not see, FORBIDDEN for one that the viewer does not
 * manage, and TOO_BUSY.
 */
export async function requestFeedCheck(
  { db, viewer, feedChecks }: Context,
  { storeCode, sourceUrl, language }: CheckRequest,
  signal: AbortSignal | undefined,
): Promise<FeedCheckResult> {
  const store = await findStore(db, viewer, storeCode);
  if (!store || !viewer) throw fault('NOT_FOUND');
  if (!canManageStore(viewer, store.id)) throw fault('FORBIDDEN');
  return feedChecks.check({
    viewerId: viewer.id,
    address: meantAddress(store, language, sourceUrl),
    context: {
      language: languageOf(language) ?? 'en',
      storeCurrency: store.currency,
      timeZone: store.timeZone,
    },
    signal,
  });
}
