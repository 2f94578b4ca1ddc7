import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** By what an address is counted: IPv6 by its /64, as whoever has one of them has all (RFC 6177, RFC 8981). */
export function addressKey(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (!isIPv6(parsed.toString())) return parsed.toString();
  return parsed.toByteArray().slice(0, 8).join('.');
}
