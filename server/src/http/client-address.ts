import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Who really asks, when proxies of ours stand between. */
export interface ClientAddresses {
  /** The IP address of the client: of the connection, or the one that a trusted proxy names for it. */
  addressOf(request: IncomingMessage): string;
  /** True when the client came by https, to us or to a trusted proxy. */
  isSecure(request: IncomingMessage): boolean;
}

/**
 * Believes `X-Forwarded-For` and `X-Forwarded-Proto` of the proxies that are listed, and of nobody else: addresses or
 * ranges such as `10.0.0.0/8`. Throws an Error for an entry that is neither.
 */
export function createClientAddresses(trusted: readonly string[]): ClientAddresses {
  const proxies = new BlockList();
  for (const entry of trusted) addRange(proxies, entry);
  const isProxy = (address: string) => {
    const plain = plainAddress(address);
    return isIP(plain) !== 0 && proxies.check(plain, familyOf(plain));
  };
  return {
    addressOf({ headers, socket }) {
      const entries = String(headers['x-forwarded-for'] ?? '').split(',');
      let client = plainAddress(socket.remoteAddress ?? '');
      // Each proxy adds whom it was asked by. Whatever stands before an entry that we cannot use is hearsay.
      for (const entry of entries.reverse()) {
        const named = plainAddress(withoutPort(entry.trim()));
        if (!isProxy(client) || isIP(named) === 0) break;
        client = named;
      }
      return client;
    },
    isSecure({ headers, socket }) {
      if ('encrypted' in socket && socket.encrypted === true) return true;
      return isProxy(socket.remoteAddress ?? '') && headers['x-forwarded-proto'] === 'https';
    },
  };
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Some proxies write `203.0.113.5:4711` and `[2001:db8::1]:4711`. */
const withoutPort = (entry: string) => entry.replace(/^(?:\[(.*)\]|([\d.]+))(?::\d+)?$/, '$1$2');

/** An IPv4 client of a server that listens on IPv6 is written in it (RFC 4291 2.5.5.2). */
const plainAddress = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '');

function addRange(list: BlockList, entry: string): void {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(entry) ?? [];
  const longest = { 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (longest < 0 || Number(bits ?? 0) > longest) throw new Error(`"${entry}" is no address and no range.`);
  if (bits === undefined) list.addAddress(address, familyOf(address));
  else list.addSubnet(address, Number(bits), familyOf(address));
}
