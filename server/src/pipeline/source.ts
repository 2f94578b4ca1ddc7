import { FeedRefusal } from '../product-data/feed-refusal.ts';
import { openFeed, type FollowOptions, type OpenFeed } from './source/follow.ts';
import { freed } from './source/freed.ts';
import { unpacked } from './source/inflate.ts';
import { limitBytes } from './source/limit-bytes.ts';
import { sizeText, type SourceLimits } from './source/limits.ts';
import { openRegularFile } from './source/local-file.ts';
import { charsetOf, contentEncodings, usableEtag } from './source/response-headers.ts';
import { onlyFeedText } from './source/sniff.ts';
import { writeSpool, type Written } from './source/spool.ts';
import { startWatch, type Watch } from './source/watch.ts';
import type { SpooledFeed } from './types.ts';

/** Bytes on the wire so far, and how many there will be, when that is known. Called for every piece. */
export type OnProgress = (bytesRead: number, bytesTotal: number | null) => void;

export interface FetchOptions extends FollowOptions {
  /** Where the feed is to lie; its folder exists. */
  readonly spoolPath: string;
  readonly onProgress: OnProgress;
}

export interface SpoolOptions {
  readonly limits: SourceLimits;
  readonly onProgress: OnProgress;
}

export type FetchedFeed =
  | (SpooledFeed & {
      readonly kind: 'fetched';
      /** Where the redirects led, without credentials; may hold tokens, so show it through `redactUrl`. */
      readonly finalUrl: string;
    })
  | { readonly kind: 'notModified' };

/**
 * The feed of an http or https address, whole and inflated in the spool file, or word that it is still the
 * one with the etag. Throws a FeedRefusal when it cannot or must not be fetched, the signal's reason within
 * a moment of its abort, and anything else for a fault of this machine; then nothing is left of it on disk.
 */
export async function fetchFeed(
  address: string,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<FetchedFeed> {
  return watched(options.limits, signal, async (watch) => {
    const opened = await openFeed(address, { ...options, etag: usableEtag(options.etag) }, watch);
    try {
      return opened.response.status === 304
        ? { kind: 'notModified' }
        : await download(opened, options, watch);
    } finally {
      opened.response.close();
    }
  });
}

/**
 * A file of this machine, whole and inflated in the spool file, by the same limits and for the same refusals
 * as one that is fetched.
 */
export async function spoolFile(
  path: string,
  spoolPath: string,
  { limits, onProgress }: SpoolOptions,
  signal: AbortSignal,
): Promise<SpooledFeed> {
  return watched(limits, signal, async (watch) => {
    const file = await openRegularFile(path);
    try {
      const total = (await file.stat()).size;
      const stream = file.createReadStream({ autoClose: false, signal: watch.signal });
      const chunks = received(freed(stream), { limits, onProgress, total }, watch);
      const written = await spool(chunks, spoolPath, { limits, declared: packedByName(path) });
      return { path: spoolPath, etag: null, charset: null, ...written };
    } finally {
      await file.close();
    }
  });
}

/** Runs work under time limits; when they or the caller end it, throws that reason and not what broke by it. */
async function watched<T>(
  limits: SourceLimits,
  signal: AbortSignal,
  work: (watch: Watch) => Promise<T>,
): Promise<T> {
  const watch = startWatch(limits, signal);
  try {
    return await work(watch);
  } catch (error) {
    watch.signal.throwIfAborted();
    throw error;
  } finally {
    watch.stop();
  }
}

async function download(
  { response, url }: OpenFeed,
  { limits, onProgress, spoolPath }: FetchOptions,
  watch: Watch,
): Promise<FetchedFeed> {
  const { headers, body } = response;
  const length = headers['content-length'];
  const total = length === undefined ? null : Number(length);
  const declared = [...packedByName(url.pathname), ...contentEncodings(headers['content-encoding'])];
  const written = await spool(received(body, { limits, onProgress, total }, watch), spoolPath, {
    limits,
    declared,
  });
  return {
    kind: 'fetched',
    path: spoolPath,
    ...written,
    etag: usableEtag(headers.etag ?? null),
    charset: charsetOf(headers['content-type']),
    finalUrl: url.href,
  };
}

interface Reception extends SpoolOptions {
  readonly total: number | null;
}

/** The bytes as they come in, counted, limited, and watched for silence only while we wait for them. */
async function* received(
  chunks: AsyncIterable<Buffer>,
  { limits, onProgress, total }: Reception,
  watch: Watch,
): AsyncGenerator<Buffer> {
  const refusal = () => new FeedRefusal('TOO_LARGE', { limit: sizeText(limits.wireBytes) });
  if (total !== null && total > limits.wireBytes) throw refusal();
  let bytesRead = 0;
  watch.listen();
  for await (const chunk of limitBytes(chunks, limits.wireBytes, refusal)) {
    watch.rest();
    bytesRead += chunk.length;
    onProgress(bytesRead, total);
    yield chunk;
    watch.listen();
  }
  watch.rest();
  // The end that we ourselves put to a connection can look like the end of the body.
  watch.signal.throwIfAborted();
}

/** Brotli cannot be told from its bytes; everything else can. */
const packedByName = (path: string) => (/\.br$/i.test(path) ? ['br'] : []);

function spool(
  chunks: AsyncIterable<Buffer>,
  spoolPath: string,
  { limits, declared }: { limits: SourceLimits; declared: readonly string[] },
): Promise<Written> {
  return writeSpool(spoolPath, onlyFeedText(unpacked(chunks, { declared, maxBytes: limits.inflatedBytes })));
}
