import { Resolver } from 'node:dns/promises';

/**
 * The texts of all TXT records that the DNS has at a name; empty when it has none there. Rejects when no name server
 * gives an answer.
 */
export type ReadTxtRecords = (name: string) => Promise<readonly string[]>;

/** No such name, no record of the type at it, and a name that is too long for there to be one. */
const nothingThere: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME']);

/**
 * Asks these name servers (an IP address each, with a port or without), or those that the machine uses when none is
 * given. `onFault` hears why there was no answer: whoever asked can do nothing about name servers.
 */
export function createTxtReader(
  servers: readonly string[],
  onFault: (error: unknown) => void = () => undefined,
): ReadTxtRecords {
  return async (name) => {
    // One for each question: the machine's own name servers may change while the program runs.
    const resolver = new Resolver({ timeout: 2_000, tries: 2 });
    if (servers.length > 0) resolver.setServers(servers);
    try {
      const records = await resolver.resolveTxt(name);
      // RFC 7208 3.3: a long text comes in parts, which belong together without a space.
      return records.map((parts) => parts.join(''));
    } catch (error) {
      if (nothingThere.has((error as { code?: unknown }).code)) return [];
      onFault(error);
      throw error;
    }
  };
}
