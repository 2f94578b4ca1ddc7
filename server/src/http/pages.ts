import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import sirv from 'sirv';
import { readPageLinks } from './page-links.ts';

/** Answers with a page or one of its files, or calls `otherwise`. */
export type PageServer = (request: IncomingMessage, response: ServerResponse, otherwise: () => void) => void;

/** The built web pages: files as they are, and the one page for every address that could be a page of it. */
export function servePages(folder: string): PageServer {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) return (_request, _response, otherwise) => otherwise();
  const linksOf = readPageLinks(folder);
  const policy = policyOf(readFileSync(index, 'utf8'));
  const setHeaders = (response: ServerResponse, path: string) => {
    response.setHeader('Cache-Control', cacheControl(path));
  };
  // The build has packed them beside the files: nothing is packed while somebody waits.
  const options = { etag: true, brotli: true, gzip: true, setHeaders };
  const files = sirv(folder, options);
  const page = sirv(folder, { ...options, single: true, ignores: false });
  return (request, response, otherwise) => {
    closeFile(request, response);
    // sirv reads it wrongly, and no page needs a part of a file.
    delete request.headers.range;
    const others = response.getHeader('Content-Security-Policy');
    // Also where the browser has the page already: the policy of a 304 takes the place of the one it came with.
    response.setHeader('Content-Security-Policy', policy);
    const leave = () => {
      response.removeHeader('Link');
      if (others === undefined) response.removeHeader('Content-Security-Policy');
      else response.setHeader('Content-Security-Policy', others);
      otherwise();
    };
    files(request, response, () => {
      if (!wantsPage(request)) return leave();
      const links = linksOf(pathOf(request));
      if (links !== null) response.setHeader('Link', links);
      page(request, response, leave);
    });
  };
}

/** Does what sirv leaves out: a file that cannot be read ends its answer, and one that nobody waits for is closed. */
function closeFile({ socket }: IncomingMessage, response: ServerResponse): void {
  response.once('pipe', (file: Readable) => {
    const close = () => file.destroy();
    file.on('error', () => response.destroy());
    // Of the connection: an answer that waits there behind others, however many, is not told when it closes.
    socket.setMaxListeners(0).once('close', close);
    file.once('close', () => socket.off('close', close));
  });
}

/** Files named for their content never change; what names them does. */
const cacheControl = (path: string) =>
  path.startsWith('/_app/immutable/') ? 'public, max-age=31536000, immutable' : 'no-cache';

/** The policy that the build has written into the page, with what counts in a header only. */
function policyOf(html: string): string {
  const [, written] = /<meta http-equiv="content-security-policy" content="([^"]*)"/i.exec(html) ?? [];
  return [...(written === undefined ? [] : [written]), "frame-ancestors 'none'"].join('; ');
}

/** A script or picture that is not there must not be answered with a page. */
function wantsPage(request: IncomingMessage): boolean {
  const { accept = '*/*' } = request.headers;
  const path = pathOf(request);
  if (path.startsWith('/_app/')) return false;
  if (accept.includes('text/html')) return true;
  return accept.includes('*/*') && !/\.[a-z\d]+$/i.test(path);
}

const pathOf = ({ url = '/' }: IncomingMessage) => url.split('?', 1)[0] ?? '/';
