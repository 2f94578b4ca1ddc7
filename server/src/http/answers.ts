import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Answers with an object as JSON, never from a cache. */
export function answerJson(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  content: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = Buffer.from(`${JSON.stringify(content)}\n`);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Answers with a refusal: a stable code, and a sentence for people. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  refusal: { readonly code: string; readonly message: string },
  headers: Readonly<Record<string, string>> = {},
): void {
  answerJson(request, response, status, { error: refusal }, headers);
}

/** True for a request that only reads; any other one is answered with what is allowed (RFC 9110 15.5.6). */
export function onlyReads(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return true;
  const message = `${request.method ?? 'This method'} is not possible here.`;
  refuse(request, response, 405, { code: 'METHOD_NOT_ALLOWED', message }, { Allow: 'GET, HEAD' });
  return false;
}

/** True when If-None-Match names the tag: weakly compared (RFC 9110 13.1.2). */
export function namesEtag(header: string | null | undefined, etag: string): boolean {
  const tags = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}

/** Sends what is read, no faster than it is taken. Reads no further when whoever asked has left. */
export async function sendChunks(
  request: IncomingMessage,
  response: ServerResponse,
  chunks: Readable,
): Promise<void> {
  await pipeline(chunks, response).catch((error: unknown) => {
    // Nobody is there to be told.
    if (!request.socket.destroyed) throw error;
  });
}
