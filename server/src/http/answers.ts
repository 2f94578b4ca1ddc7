import type { IncomingMessage, ServerResponse } from 'node:http';

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
