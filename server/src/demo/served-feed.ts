import type { FeedEncoding } from './dialects.ts';
import { dialects } from './dialects.ts';
import { findDemoFeed } from './feeds.ts';

/** A demo feed as a web server offers it. */
export interface ServedFeed {
  readonly contentType: string;
  /** A strong entity tag with its quotes (RFC 9110 8.8.3). */
  readonly etag: string;
  readonly read: () => Iterable<Buffer>;
}

/** Names as the WHATWG Encoding standard has them. */
const charsets: Readonly<Record<FeedEncoding, string>> = {
  utf8: 'utf-8',
  'utf8-bom': 'utf-8',
  'windows-1252': 'windows-1252',
  'utf16le-bom': 'utf-16le',
};

/** The feed of that name (`weber-livres-fr.csv`) with the type that says its encoding, or null. */
export function serveDemoFeed(name: string): ServedFeed | null {
  const feed = findDemoFeed(name);
  if (!feed) return null;
  const { encoding } = dialects[feed.storeCode][feed.language];
  return { contentType: `text/csv; charset=${charsets[encoding]}`, etag: feed.etag, read: feed.read };
}
