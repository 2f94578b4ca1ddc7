import { lookup as lookupName } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { FeedRefusal } from '../../product-data/feed-refusal.ts';
import { isAllowed, usualPorts, type AllowedAddress } from './allowed-addresses.ts';
import { hostOf, parseFeedUrl, portOf } from './feed-url.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** All addresses of a name, IPv4 and IPv6, in the order in which they are to be tried. */
export type Lookup = (name: string) => Promise<readonly ResolvedAddress[]>;

export interface AddressRules {
  readonly allowedAddresses: readonly AllowedAddress[];
  readonly lookup: Lookup;
}

/** What the machine's own resolver says, hosts file included. */
export const systemLookup: Lookup = async (name) => {
  const found = await lookupName(name, { all: true, order: 'verbatim' });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/**
 * True for an address that anyone on the internet can reach, by the special-purpose registries of IANA
 * (RFC 6890). An IPv6 address that carries an IPv4 one inside (NAT64, 6to4, Teredo) never is; an
 * IPv4-mapped one is what it maps to, since that is what the system connects to.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  if (ip.kind() === 'ipv6' && !ip.match(globalUnicast)) return false;
  return ip.range() === 'unicast';
}
// RFC 4291 2.4: the only part of IPv6 that is handed out.
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/**
 * The addresses that may be connected to for this feed, at least one. Throws a FeedRefusal when the address
 * is not one of a feed, its name is unknown, or anything that it resolves to is neither public nor allowed.
 * For settings pages too: what is saved is checked by the same rules as what is fetched.
 */
export async function checkAddress(
  address: string,
  rules: AddressRules,
  signal?: AbortSignal,
): Promise<readonly ResolvedAddress[]> {
  return checkUrl(parseFeedUrl(address).url, rules, signal);
}

/** As `checkAddress`, for an address that has been parsed. */
export async function checkUrl(
  url: URL,
  { allowedAddresses, lookup }: AddressRules,
  signal?: AbortSignal,
): Promise<readonly ResolvedAddress[]> {
  const addresses = await resolve(hostOf(url), lookup, signal);
  const closed = addresses.filter(({ address }) => !isAllowed(allowedAddresses, url, address));
  // One private address among public ones is refused as a whole: which one is used is the sender's choice.
  if (!closed.every(({ address }) => isPublicAddress(address))) throw new FeedRefusal('ADDRESS_FORBIDDEN');
  if (closed.length > 0 && !usualPorts.includes(portOf(url))) {
    throw new FeedRefusal('PORT_FORBIDDEN', { value: String(portOf(url)) });
  }
  return addresses;
}

async function resolve(host: string, lookup: Lookup, signal?: AbortSignal) {
  signal?.throwIfAborted();
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family: family === 6 ? 6 : 4 } as const];
  const addresses = await abortable(lookup(host), signal).catch((error: unknown) => {
    throw lookupRefusal(error, host);
  });
  if (addresses.length === 0) throw new FeedRefusal('ADDRESS_UNKNOWN', { value: host });
  return addresses;
}

function lookupRefusal(error: unknown, host: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOTFOUND' || code === 'ENODATA' || code === 'EAI_NODATA' || code === 'EAI_NONAME') {
    return new FeedRefusal('ADDRESS_UNKNOWN', { value: host }, { cause: error });
  }
  // The resolver, not the name, is at fault, and perhaps only for now.
  if (typeof code === 'string' && /^(EAI_|ESERVFAIL|ETIMEOUT|EREFUSED|ECONNREFUSED)/.test(code)) {
    return new FeedRefusal('CONNECTION_FAILED', {}, { cause: error });
  }
  return error;
}

/** The system's resolver cannot be interrupted, but nobody has to wait for it. */
async function abortable<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return work;
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(new Error('The lookup was abandoned.'));
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work, aborted.promise]);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
