import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { namesEtag, sendChunks } from './answers.ts';

/** A generated feed that can be offered. */
export interface OfferedFeed {
  readonly contentType: string;
  /** A strong entity tag with its quotes (RFC 9110 8.8.3). */
  readonly etag: string;
  readonly read: () => Iterable<Buffer>;
}

/** Sends the feed as it is generated, or word that the caller's copy is still the same. */
export async function answerFeed(
  request: IncomingMessage,
  response: ServerResponse,
  { contentType, etag, read }: OfferedFeed,
): Promise<void> {
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', 'no-cache');
  if (namesEtag(request.headers['if-none-match'], etag)) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': contentType });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await sendChunks(request, response, Readable.from(read()));
}
