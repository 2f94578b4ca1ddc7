import { domainToASCII } from 'node:url';
import { HostnameMalformedError } from './store.errors.ts';

/** RFC 1035 2.3.4, without the root's dot. */
const longestName = 253;
/** RFC 1123 2.1: letters, digits and hyphens, a hyphen neither first nor last. */
const label = /^[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/;
/** What belongs to an address, not to a name; the URL standard would read some of it as something else. */
const foreign = /[\s%/\\:?#@[\]<>^|]/;

/**
 * The name as the DNS has it: lower case, IDNA's ASCII form, without a last dot. Throws HostnameMalformedError for
 * an IP address, a single label, and all else that no website of the internet can be called.
 */
export function normaliseHostname(text: string): string {
  const typed = text.trim().replace(/\.$/, '');
  const name = typed.length > longestName || foreign.test(typed) ? '' : domainToASCII(typed);
  const labels = name.split('.');
  const valid = name.length <= longestName && labels.length > 1 && labels.every((part) => label.test(part));
  // A last label of digits alone makes an IPv4 address of it (RFC 3696 2).
  if (!valid || /^\d+$/.test(labels.at(-1) ?? '')) throw new HostnameMalformedError(text.trim());
  return name;
}
