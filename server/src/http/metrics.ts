import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import ipaddr from 'ipaddr.js';
import type { Metrics } from '../platform/metrics.ts';
import { refuse } from './answers.ts';

interface MetricsAccess {
  readonly metrics: Pick<Metrics, 'answer'>;
  /**
   * Null opens the figures to this machine and its private network, and to whoever asks through a proxy there that
   * does not say so: nothing tells a plain one of nginx from a program of this machine.
   */
  readonly token: string | null;
}

/** Answers whoever may know the figures of this node with them, others with 401 or 403. Takes GET and HEAD. */
export function createMetricsAnswer({ metrics, token }: MetricsAccess) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (token !== null && !hasToken(request, token)) {
      const message = 'Send the token of METRICS_TOKEN as a bearer.';
      const challenge = { 'WWW-Authenticate': 'Bearer realm="metrics"' };
      return refuse(request, response, 401, { code: 'UNAUTHENTICATED', message }, challenge);
    }
    if (token === null && !isNear(request)) {
      const message = 'Metrics are for this machine and its private network until METRICS_TOKEN is set.';
      return refuse(request, response, 403, { code: 'FORBIDDEN', message });
    }
    const { contentType, body } = await metrics.answer();
    const bytes = Buffer.from(body);
    response.writeHead(200, {
      'Content-Type': contentType,
      'Content-Length': bytes.length,
      'Cache-Control': 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  };
}

/** Compared by their digests, so that the time tells nothing of the token. RFC 6750 2.1. */
function hasToken({ headers: { authorization = '' } }: IncomingMessage, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const [, given = ''] = /^bearer +(\S+) *$/i.exec(authorization) ?? [];
  return timingSafeEqual(digest(given), digest(token));
}

const nearRanges = ['loopback', 'private', 'uniqueLocal', 'linkLocal'];
/** Headers by which a proxy says that it asks for somebody else: that one may be anywhere. */
const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

function isNear({ headers, socket }: IncomingMessage): boolean {
  if (proxyHeaders.some((name) => headers[name] !== undefined)) return false;
  const address = socket.remoteAddress ?? '';
  return ipaddr.isValid(address) && nearRanges.includes(ipaddr.process(address).range());
}
