import { domainToASCII } from 'node:url';
import { EmailMalformedError } from './user.errors.ts';

/** RFC 5321 4.5.3.1. */
export const longestEmail = 254;

/** One @, nothing blank or invisible, and a domain of at least two labels. Only a letter to it proves more. */
const emailForm =
  /^[^\s\p{Cc}\p{Cf}\p{Cs}@<>()[\]\\,;:"]{1,64}@[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)+$/u;
/** Letters of other alphabets, and nothing that could not be seen. */
const otherAlphabets = /^(?=.*\P{ASCII})[^\s\p{Cc}\p{Cf}\p{Cs}]*$/u;

/**
 * The address as it is stored: in lower case, its domain in IDNA's ASCII form, since some browsers send that and some
 * what was typed. Null for what is none.
 */
export function storedEmail(email: string): string | null {
  const stored = email
    .trim()
    .toLowerCase()
    .replace(/(?<=@)[^@]*$/, (domain) => (otherAlphabets.test(domain) ? domainToASCII(domain) : domain));
  return stored.length <= longestEmail && emailForm.test(stored) ? stored : null;
}

/** As `storedEmail`; throws EmailMalformedError for what is none. */
export function normaliseEmail(email: string): string {
  const stored = storedEmail(email);
  if (stored === null) throw new EmailMalformedError(email.trim());
  return stored;
}
