import { setTimeout as wait } from 'node:timers/promises';
import { FeedRefusal } from '../../product-data/feed-refusal.ts';
import { checkUrl, type AddressRules } from './address.ts';
import { parseFeedUrl, parseRedirect } from './feed-url.ts';
import type { SourceLimits } from './limits.ts';
import { sendRequest, type FeedResponse } from './request.ts';
import { retryWaitMs } from './retry-after.ts';
import type { Watch } from './watch.ts';

export interface FollowOptions extends AddressRules {
  readonly limits: SourceLimits;
  /** Of the feed that is already here: asks for a newer one only. */
  readonly etag: string | null;
}

export interface OpenFeed {
  /** Status 200, or 304 when an etag was given. */
  readonly response: FeedResponse;
  readonly url: URL;
}

/** The answer at the end of all redirects, every one of them checked; throws a FeedRefusal for any other. */
export async function openFeed(address: string, options: FollowOptions, watch: Watch): Promise<OpenFeed> {
  const { url: start, authorization } = parseFeedUrl(address);
  let url = start;
  let credentials = authorization;
  let retries = 0;
  let redirects = 0;

  for (;;) {
    const response = await ask(url, credentials, options, watch);
    const location = redirectTarget(response);
    if (location !== null) {
      response.close();
      redirects += 1;
      if (redirects > options.limits.redirects) {
        throw new FeedRefusal('TOO_MANY_REDIRECTS', { limit: String(options.limits.redirects) });
      }
      url = parseRedirect(location, url);
      // Once another origin was asked, the way back is that origin's choice: nothing is sent there either.
      if (url.origin !== start.origin) credentials = null;
    } else if (response.status === 429 || response.status === 503) {
      response.close();
      retries += 1;
      await waitForServer(response, retries, options.limits, watch);
    } else {
      if (isAnswer(response.status, options.etag)) return { response, url };
      response.close();
      throw new FeedRefusal('HTTP_STATUS', { value: String(response.status) });
    }
  }
}

async function ask(url: URL, credentials: string | null, options: FollowOptions, watch: Watch) {
  watch.listen();
  const addresses = await checkUrl(url, options, watch.signal);
  const headers = {
    Accept: 'text/csv, text/tab-separated-values, text/plain, */*;q=0.5',
    'Accept-Encoding': 'gzip, br',
    'User-Agent': 'marketplace-import',
    ...(credentials !== null && { Authorization: credentials }),
    ...(options.etag !== null && { 'If-None-Match': options.etag }),
  };
  const response = await sendRequest({ url, addresses, headers }, watch.signal);
  watch.rest();
  return response;
}

function redirectTarget({ status, headers }: FeedResponse): string | null {
  return [301, 302, 303, 307, 308].includes(status) ? (headers.location ?? null) : null;
}

/** A 304 that nobody asked for, an empty 204 and a partial 206 are no feeds. */
function isAnswer(status: number, etag: string | null): boolean {
  return status === 200 || (status === 304 && etag !== null);
}

async function waitForServer(response: FeedResponse, retry: number, limits: SourceLimits, watch: Watch) {
  const waitMs = retryWaitMs(response.headers['retry-after'], Date.now(), limits.retryDelayMs * retry);
  if (retry > limits.retries || waitMs > limits.retryAfterMaxMs || waitMs > watch.remainingMs()) {
    throw new FeedRefusal('SERVER_BUSY');
  }
  await wait(waitMs, undefined, { signal: watch.signal });
}
