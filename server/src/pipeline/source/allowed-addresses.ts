import ipaddr from 'ipaddr.js';
import { hostOf, portOf } from './feed-url.ts';

/** One address that the guard lets through although it is private or on an unusual port. Plain data. */
export interface AllowedAddress {
  /** A name, or a range of addresses as `10.0.0.0/8`: names match by spelling, ranges what a name resolves to. */
  readonly host: { readonly name: string } | { readonly range: string };
  /** `null` for all of them. */
  readonly ports: readonly number[] | null;
  /** `http:` or `https:`, or null for both. */
  readonly protocol: string | null;
}

/** Ports on which any public server may be asked for a feed. */
export const usualPorts: readonly number[] = [80, 443, 8080, 8443];

/**
 * The entries of `FEED_ALLOWED_ADDRESSES`, separated by commas or blanks; throws an Error that names an entry
 * which cannot be read.
 *
 * | entry | opens |
 * | --- | --- |
 * | `http://feeds.intranet:4000` | this origin |
 * | `feeds.intranet:4000`, `127.0.0.1:4000`, `[::1]:4000` | this port of this host |
 * | `feeds.intranet`, `10.1.2.3`, `::1` | every port of this host |
 * | `10.0.0.0/8`, `fc00::/7` | the usual ports of these addresses |
 * | `10.0.0.0/8:9000`, `[fc00::/7]:9000`, `10.0.0.0/8:*` | this port, or every port, of these addresses |
 */
export function parseAllowedAddresses(setting: string): AllowedAddress[] {
  return setting
    .split(/[\s,;]+/)
    .filter((entry) => entry !== '')
    .map((entry) => {
      const allowed = /^https?:\/\//i.test(entry) ? parseOrigin(entry) : parseHostEntry(entry);
      if (!allowed) throw new Error(`"${entry}" is not an origin, a host, a host with its port, or a range.`);
      return allowed;
    });
}

/** True when an entry opens this address, one of those that the name of the URL resolves to. */
export function isAllowed(allowed: readonly AllowedAddress[], url: URL, address: string): boolean {
  return allowed.some(
    ({ host, ports, protocol }) =>
      (protocol === null || protocol === url.protocol) &&
      (ports === null || ports.includes(portOf(url))) &&
      ('name' in host ? host.name === hostOf(url) : isInRange(address, host.range)),
  );
}

function isInRange(address: string, range: string): boolean {
  const [network, bits] = ipaddr.parseCIDR(range);
  const ip = ipaddr.process(address);
  return ip.kind() === network.kind() && ip.match([network, bits]);
}

function parseOrigin(entry: string): AllowedAddress | null {
  const url = URL.parse(entry);
  if (!url || url.pathname !== '/' || url.search + url.hash + url.username + url.password !== '') return null;
  const host = hostEntry(hostOf(url));
  return host && { host, ports: [portOf(url)], protocol: url.protocol };
}

const hostWithPort = /^(?<host>\[.+\]|[^[\]:]+|[\da-f:.]+\/\d+)(?::(?<port>\d+|\*))?$/i;

function parseHostEntry(entry: string): AllowedAddress | null {
  if (ipaddr.IPv6.isValid(entry)) return { host: { range: `${entry}/128` }, ports: null, protocol: null };
  const { host: written = '', port } = hostWithPort.exec(entry)?.groups ?? {};
  const ports = port === undefined || port === '*' ? null : [Number(port)];
  if (ports?.some((number) => number < 1 || number > 65_535)) return null;

  const range = written.replace(/^\[(.*)\]$/, '$1');
  if (ipaddr.isValidCIDR(range)) {
    return { host: { range }, ports: port === undefined ? usualPorts : ports, protocol: null };
  }
  const url = /[/@?#\\]/.test(written) ? null : URL.parse(`http://${written}/`);
  const host = url && hostEntry(hostOf(url));
  return host && { host, ports, protocol: null };
}

function hostEntry(host: string): AllowedAddress['host'] | null {
  if (!ipaddr.isValid(host)) return /^[\w.-]+$/.test(host) ? { name: host } : null;
  const ip = ipaddr.process(host);
  return { range: `${ip.toString()}/${ip.kind() === 'ipv4' ? 32 : 128}` };
}
