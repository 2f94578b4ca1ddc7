import type { IncomingMessage, ServerResponse } from 'node:http';

/** Which pages of other origins may use the API. */
export interface Origins {
  /** True for requests of no page, of our own pages, and of those that are allowed. */
  allows(request: IncomingMessage): boolean;
  /** Lets an allowed page read the answer. True when the request only asked whether it may, and has been answered. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
}

/** `allowed` as CORS_ORIGINS has them: `https://shop.example`. */
export function createOrigins(allowed: readonly string[]): Origins {
  const listed = new Set(allowed);
  return {
    allows({ headers: { origin, host } }) {
      if (origin === undefined || listed.has(origin)) return true;
      // Behind a proxy that ends TLS the scheme is another; the name is what counts.
      return host !== undefined && URL.parse(origin)?.host === host;
    },
    answer(request, response) {
      if (listed.size === 0) return false;
      response.appendHeader('Vary', 'Origin');
      const { origin } = request.headers;
      const preflight =
        request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
      if (origin !== undefined && listed.has(origin)) {
        response.setHeader('Access-Control-Allow-Origin', origin);
        response.setHeader('Access-Control-Allow-Credentials', 'true');
        response.setHeader('Access-Control-Expose-Headers', 'X-Request-Id');
        if (preflight) {
          response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
          response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type');
          response.setHeader('Access-Control-Max-Age', '600');
        }
      }
      if (preflight) response.writeHead(204).end();
      return preflight;
    },
  };
}
