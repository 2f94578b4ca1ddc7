import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { errorDownloadPath } from '../graphql/download-path.ts';
import type { Log } from '../platform/log.ts';
import { answerJson, onlyReads, refuse } from './answers.ts';
import { answerFeed, type OfferedFeed } from './feed-answer.ts';
import type { GraphqlEndpoint } from './graphql-endpoint.ts';
import { isReady, type HealthReport } from './health.ts';
import type { UpgradeListener } from './http-server.ts';
import { namesThisMachine } from './named-host.ts';
import type { PageServer } from './pages.ts';
import { refuseUpgrade } from './websocket.ts';
import { graphqlPath } from './yoga.ts';

export interface Site {
  /** True where only this machine can reach the server: then a request has to name it as such. */
  readonly loopback: boolean;
  readonly health: () => Promise<HealthReport>;
  /** The demo feed of that file name, or null. */
  readonly findFeed: (name: string) => OfferedFeed | null;
  readonly pages: PageServer;
  /** What can be asked once the database is open: null before that, and where there is no such thing. */
  readonly api: () => Api | null;
  /** Answers `/metrics`. */
  readonly metrics: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly log: Log;
}

export interface Api {
  readonly graphql: GraphqlEndpoint;
  readonly upgrade: UpgradeListener;
  /** Answers `/api/import-errors/<token>.csv`. */
  readonly errorDownload: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

const securityHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  // Pages have policies of their own; nothing else that is answered here shows or runs anything.
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
  // Addresses of pages name stores: they are nobody else's business.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
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
        { requestId: id, method: request.method, url: request.url, status: response.statusCode },
        'request',
      ),
    );
    answer(site, request, response, id).catch((error: unknown) => {
      site.log.error({ err: error, requestId: id, url: request.url }, 'request failed');
      if (response.headersSent) response.destroy();
      else
        refuse(request, response, 500, {
          code: 'INTERNAL',
          message: `The fault is ours. Give us ${id} if it stays.`,
        });
    });
  };
}

async function answer(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  if (site.loopback && !namesThisMachine(request)) return answerElsewhere(request, response);
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const api = site.api();
  if (path === graphqlPath || path.startsWith(errorDownloadPath)) {
    if (!api) return answerWithoutApi(site, request, response, path);
    if (path === graphqlPath) return api.graphql(request, response, id);
    return api.errorDownload(request, response);
  }
  if (!onlyReads(request, response)) return;
  if (path === '/health') return answerJson(request, response, 200, await site.health());
  if (path === '/metrics') return site.metrics(request, response);
  const notFound = () => answerNotFound(request, response, path);
  if (path === '/ready') return answerReady(site, request, response);
  if (path.startsWith(feedPath)) {
    const feed = site.findFeed(path.slice(feedPath.length));
    return feed ? answerFeed(request, response, feed) : notFound();
  }
  return forPrograms.test(path) ? notFound() : site.pages(request, response, notFound);
}

/** RFC 9110 15.5.20. */
function answerElsewhere(request: IncomingMessage, response: ServerResponse): void {
  const message =
    'Only this machine can reach this server, as localhost. For others set HOST, and TRUSTED_PROXIES behind a proxy.';
  refuse(request, response, 421, { code: 'HOST_UNKNOWN', message });
}

function answerNotFound(request: IncomingMessage, response: ServerResponse, path: string): void {
  const message = `There is nothing at ${path.slice(0, 200)}.`;
  refuse(request, response, 404, { code: 'NOT_FOUND', message });
}

async function answerWithoutApi(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  if ((await site.health()).phase === 'ready') return answerNotFound(request, response, path);
  const message = 'The server starts or stops. Try again in a few seconds.';
  refuse(request, response, 503, { code: 'UNAVAILABLE', message }, { 'Retry-After': '2' });
}

/** Answers everything that wants to speak another protocol: GraphQL over WebSocket. */
export function createUpgradeListener({ api, loopback }: Pick<Site, 'api' | 'loopback'>): UpgradeListener {
  return (request, socket, head) => {
    if (loopback && !namesThisMachine(request)) return refuseUpgrade(socket, '421 Misdirected Request');
    const [path] = (request.url ?? '').split('?', 1);
    const found = path === graphqlPath ? api() : null;
    if (found) return found.upgrade(request, socket, head);
    refuseUpgrade(socket, path === graphqlPath ? '503 Service Unavailable' : '404 Not Found');
  };
}

async function answerReady(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const report = await site.health();
  const { phase, database } = report;
  const ready = isReady(report);
  answerJson(request, response, ready ? 200 : 503, {
    status: ready ? 'ready' : 'unavailable',
    phase,
    database,
  });
}
