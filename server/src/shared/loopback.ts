import { isIP } from 'node:net';

/** True for addresses that never leave this machine (RFC 1122 3.2.1.3, RFC 4291 2.5.3, RFC 6761 6.3). */
export function isLoopback(host: string): boolean {
  if (isIP(host) === 4) return host.startsWith('127.');
  return host === '::1' || /^(.+\.)?localhost$/i.test(host);
}
