import { FeedRefusal } from '../product-data/feed-refusal.ts';
import { checkFeed, refusedCheck, type FeedCheck } from './check.ts';
import { fetchFeed } from './source.ts';
import { systemLookup } from './source/address.ts';
import { parseAllowedAddresses } from './source/allowed-addresses.ts';
import type { SourceLimits } from './source/limits.ts';
import type { FeedContext } from './types.ts';

/** Plain data, since it crosses to a worker thread. */
export interface CheckTask {
  readonly address: string;
  readonly context: FeedContext;
  /** Where the feed lies while it is read; whoever asks removes it. */
  readonly spoolPath: string;
  readonly limits: SourceLimits;
  /** As the setting FEED_ALLOWED_ADDRESSES has it. */
  readonly allowedAddresses: string;
}

export interface CheckOutcome extends FeedCheck {
  /** Size of the inflated file; null when none arrived. */
  readonly bytes: number | null;
}

/** Entry of the Piscina pool: what an import of the feed at that address would do. Whoever asks ends the thread. */
export default async function check(task: CheckTask): Promise<CheckOutcome> {
  const { address, context, spoolPath, limits, allowedAddresses } = task;
  try {
    const fetched = await fetchFeed(
      address,
      {
        limits,
        allowedAddresses: parseAllowedAddresses(allowedAddresses),
        lookup: systemLookup,
        etag: null,
        spoolPath,
        onProgress: () => undefined,
      },
      new AbortController().signal,
    );
    if (fetched.kind === 'notModified')
      throw new Error('a feed that was not asked for conditionally is not modified');
    return { ...(await checkFeed(fetched, context, { maxRows: limits.rows })), bytes: fetched.bytes };
  } catch (error) {
    if (error instanceof FeedRefusal) return { ...refusedCheck(error), bytes: null };
    throw error;
  }
}
