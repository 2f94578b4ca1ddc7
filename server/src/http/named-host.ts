import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../shared/loopback.ts';

/**
 * True for a request that names this machine as such. A page of another site may have its own name lead here (DNS
 * rebinding): to the browser it is of one origin with us then, and could do what our own pages do.
 */
export function namesThisMachine({ headers: { host } }: IncomingMessage): boolean {
  if (host === undefined) return true;
  const named = URL.parse(`http://${host}`)?.hostname ?? '';
  return isLoopback(named.replace(/^\[(.*)\]$/, '$1'));
}
