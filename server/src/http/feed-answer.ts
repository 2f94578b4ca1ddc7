import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

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
  if (isKnown(request.headers['if-none-match'], etag)) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': contentType });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await pipeline(Readable.from(read()), response).catch((error: unknown) => {
    // Whoever asked has left; nobody is there to be told.
    if (!request.socket.destroyed) throw error;
  });
}

/** If-None-Match compares weakly (RFC 9110 13.1.2). */
function isKnown(header: string | undefined, etag: string): boolean {
  const tags = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}
