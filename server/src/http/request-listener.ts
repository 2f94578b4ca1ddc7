import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Log } from '../platform/log.ts';
import { answerJson, onlyReads, refuse } from './answers.ts';
import { answerFeed, type OfferedFeed } from './feed-answer.ts';
import type { HealthReport } from './health.ts';
import type { PageServer } from './pages.ts';

export interface Site {
  readonly health: () => Promise<HealthReport>;
  /** The demo feed of that file name, or null. */
  readonly findFeed: (name: string) => OfferedFeed | null;
  readonly pages: PageServer;
  readonly log: Log;
}

const securityHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  // The pages bring the rest of their policy themselves; this part counts in a header only.
  'Content-Security-Policy': "frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
  // Addresses of pages name stores: they are nobody else's business.
  'Referrer-Policy': 'same-origin',
};

const feedPath = '/demo/feeds/';
/** Addresses for programs, which a page would only puzzle. */
const forPrograms = /^\/(api|graphql|demo|health|ready|metrics|\.well-known)(\/|$)/;

/** Answers everything that is asked over HTTP. */
export function createRequestListener(site: Site): RequestListener {
  return (request, response) => {
    const id = randomUUID();
    response.setHeader('X-Request-Id', id);
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    response.on('finish', () =>
      site.log.debug(
        { id, method: request.method, url: request.url, status: response.statusCode },
        'request',
      ),
    );
    answer(site, request, response).catch((error: unknown) => {
      site.log.error({ err: error, id, url: request.url }, 'request failed');
      if (response.headersSent) response.destroy();
      else
        refuse(request, response, 500, {
          code: 'INTERNAL',
          message: `The fault is ours. Give us ${id} if it stays.`,
        });
    });
  };
}

async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  if (!onlyReads(request, response)) return;
  if (path === '/health') return answerJson(request, response, 200, await site.health());
  const notFound = () =>
    refuse(request, response, 404, {
      code: 'NOT_FOUND',
      message: `There is nothing at ${path.slice(0, 200)}.`,
    });
  if (path === '/ready') return answerReady(site, request, response);
  if (path.startsWith(feedPath)) {
    const feed = site.findFeed(path.slice(feedPath.length));
    return feed ? answerFeed(request, response, feed) : notFound();
  }
  return forPrograms.test(path) ? notFound() : site.pages(request, response, notFound);
}

async function answerReady(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { phase, database } = await site.health();
  const ready = phase === 'ready' && database === 'up';
  answerJson(request, response, ready ? 200 : 503, {
    status: ready ? 'ready' : 'unavailable',
    phase,
    database,
  });
}
