import type { Normalised } from './normalised.ts';

/** Longest address that is stored (Merchant Center answer 6324416). */
export const maxUrlLength = 2000;

/** Addresses that need no parser: a plain host name, then printable ASCII without delimiters of RFC 3986. */
const plain = /^https?:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z])?(?:[/?#][!#-;=?-[\]_a-z~]*)?$/i;
const absolute = /^https?:\/\/[^/\\?#\s@]+(?:[/?#]|$)/i;
const forbidden = /[\0-\x1f\x7f-\x9f\\\u2028\u2029\ufffe\uffff]/;

/**
 * The address exactly as it is written, or URL_UNREADABLE: for everything that is not an absolute http or
 * https address, is longer than 2,000 characters, carries a password, or holds control characters. The
 * caller trims.
 */
export function readUrl(text: string): Normalised<string> {
  const usable =
    text.length <= maxUrlLength &&
    (plain.test(text) ||
      (absolute.test(text) && !forbidden.test(text) && text.isWellFormed() && URL.canParse(text)));
  return usable ? { ok: true, value: text } : { ok: false, code: 'URL_UNREADABLE' };
}
