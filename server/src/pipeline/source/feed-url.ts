import { longestFeedAddress } from '../../product-data/feed-address.ts';
import { FeedRefusal } from '../../product-data/feed-refusal.ts';
import { decodedPart, isMasked, redactUrl } from '../../shared/redact-url.ts';

/** An address, taken apart once: what is checked is what is connected to. */
export interface FeedUrl {
  /** Without user, password and fragment. */
  readonly url: URL;
  /** Value of an Authorization header (RFC 7617) for this origin alone, or null. */
  readonly authorization: string | null;
}

/** The parts of a feed's address; throws a FeedRefusal when it is not a plain http or https one. */
export function parseFeedUrl(address: string): FeedUrl {
  const text = address.trim();
  // The URL standard reads `http:x`, `http:///x` and `http:\\x` as http://x; nobody means that.
  if (!/^https?:\/\//i.test(text)) throw new FeedRefusal('ADDRESS_SCHEME');
  // It also drops tabs and line breaks and takes a backslash for a slash, which others do not.
  if (text.length > longestFeedAddress || /[\\\s\x00-\x1f\x7f]/.test(text) || /^https?:\/\/\//i.test(text)) {
    throw invalid(text);
  }
  const url = URL.parse(text);
  if (!url) throw invalid(text);
  // Nobody's token: it was copied from a page that hides it.
  if (isMasked(text)) throw new FeedRefusal('ADDRESS_MASKED');
  return separateCredentials(url, text);
}

/**
 * The next address of a redirect, by the same rules. Credentials in a `Location` are the server's idea, not
 * the store's, and are left out.
 */
export function parseRedirect(location: string, from: URL): URL {
  // Header values reach us as Latin-1, though many servers send UTF-8.
  const text = Buffer.from(location, 'latin1')
    .toString('utf8')
    .slice(0, longestFeedAddress + 1);
  const next = URL.parse(text, from.href);
  if (!next) throw invalid(text);
  return parseFeedUrl(next.href).url;
}

/** The name or address of the server as it is looked up: no brackets, no final dot. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

/** The port that is connected to, written out. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** Without its query: in what cannot be taken apart nobody knows which part is a secret. */
const invalid = (text: string) =>
  new FeedRefusal('ADDRESS_INVALID', { value: redactUrl(text).replace(/[?\\].*/s, '…') });

function separateCredentials(url: URL, text: string): FeedUrl {
  // No file, user or host has a line break in its name: this is somebody's attempt at a second header.
  if (/%0[ad]/i.test(url.username + url.password + url.pathname)) throw invalid(text);
  if (hostOf(url) === '') throw invalid(text);
  const [user, password] = [decodedPart(url.username), decodedPart(url.password)];
  const authorization =
    user + password === '' ? null : `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  url.username = '';
  url.password = '';
  url.hash = '';
  return { url, authorization };
}
