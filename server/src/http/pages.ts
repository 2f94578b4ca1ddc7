import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';

/** Answers with a page or one of its files, or calls `otherwise`. */
export type PageServer = (request: IncomingMessage, response: ServerResponse, otherwise: () => void) => void;

/** The built web pages: files as they are, and the one page for every address that could be a page of it. */
export function servePages(folder: string): PageServer {
  if (!existsSync(join(folder, 'index.html'))) return (_request, _response, otherwise) => otherwise();
  const options = { etag: true, setHeaders };
  const files = sirv(folder, options);
  const page = sirv(folder, { ...options, single: true, ignores: false });
  return (request, response, otherwise) =>
    files(request, response, () => (wantsPage(request) ? page(request, response, otherwise) : otherwise()));
}

/** Files named for their content never change; what names them does. */
function setHeaders(response: ServerResponse, path: string): void {
  const immutable = path.startsWith('/_app/immutable/');
  response.setHeader('Cache-Control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
}

/** A script or picture that is not there must not be answered with a page. */
function wantsPage({ url = '/', headers: { accept = '*/*' } }: IncomingMessage): boolean {
  const [path = '/'] = url.split('?', 1);
  if (path.startsWith('/_app/')) return false;
  if (accept.includes('text/html')) return true;
  return accept.includes('*/*') && !/\.[a-z\d]+$/i.test(path);
}
