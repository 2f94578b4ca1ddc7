import { decodedPart, mask, redactParameter, redactUrl } from './redact-url.ts';

/** Exact texts that must never be shown, such as the passwords of settings. */
export type Secrets = readonly string[];

const secretWords =
  'pass(?:word|wd|phrase|code)|pwd|secret|token|authori[sz]ation|cookie|credential|api[-_ ]?key|(?:access|private|signing|secret)[-_ ]?key|jwt|signature';
const secretField = new RegExp(`${secretWords}|^(?:auth|otp|pin|sig)$`, 'i');

/** Repetitions have bounds: hostile text must not take longer than its length. */
const address = /(?<![a-z\d+.-])[a-z][a-z\d+.-]{0,30}:\/\/[^\s"<>`]+/gi;
/** A password with blanks, which no address may have. */
const brokenUserInfo = /(?<![a-z\d+.-])([a-z][a-z\d+.-]{0,30}:\/\/)[^\s/?#@]{0,300}:[^\n"@]{0,300}@/gi;
const parameter = /(?<=[?&])[^=&\s"'<>`#]{1,100}=[^&\s"'<>`#]+/g;
/** To the end of the line: a header may hold several values. */
const header = /(?<![\w-])((?:proxy-)?authorization|(?:set-)?cookie)\b(["']?\s*[:=]\s*)[^\r\n]+/gi;
/** RFC 6750 2.1, RFC 7617 2. */
const credentials = /(?<![\w-])(bearer|basic)(\s+)[\w.~+/-]{8,}=*/gi;
/** JSON in JSON escapes its quotes: a value ends at a quote with as many signs before it as where it began. */
const assignment = new RegExp(
  `(?<![\\w-])([\\w-]{0,40}?(?:${secretWords})[\\w-]{0,40}\\\\{0,15}["']?\\s{0,3}[:=]\\s{0,3})` +
    `(?:(?<escape>\\\\{0,15})"[^]*?(?:(?<!\\\\)\\k<escape>"|$)|'[^']*'?|[^\\s,;&"')}\\]]+)`,
  'gi',
);
const jwt = /(?<![\w-])eyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?/g;
/** Random by its look, and longer than the ids that a log is searched by. */
const longToken = /(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{40,}/g;

const maxReadLength = 16_000;
const maxShownLength = 4_000;

/**
 * The text with every secret masked that can be told by its look or is one of `secrets`: user and password of
 * addresses, tokens in queries, headers, `password=…`, JWTs. At most 4,000 characters of it.
 */
export function redactText(text: string, secrets: Secrets = []): string {
  let shown = text.length > maxReadLength ? wholeWords(text) : text;
  for (const secret of secrets) shown = shown.replaceAll(secret, mask);
  shown = shown
    .replace(brokenUserInfo, `$1${mask}@`)
    .replace(address, redactUrl)
    .replace(parameter, redactParameter)
    .replace(header, `$1$2${mask}`)
    .replace(credentials, `$1$2${mask}`)
    .replace(assignment, `$1${mask}`)
    .replace(jwt, mask)
    .replace(longToken, mask);
  return shortened(shown);
}

/** At most 4,000 characters of the text, and a sign where there were more. */
export const shortened = (text: string): string =>
  text.length > maxShownLength ? `${text.slice(0, maxShownLength)}…` : text;

/** Half an address does not show that a password is in it, so nothing is cut in two. */
function wholeWords(text: string): string {
  const part = text.slice(0, maxReadLength);
  const ends = [' ', '\n', '\t', '"'].map((end) => part.lastIndexOf(end));
  return `${part.slice(0, Math.max(...ends, 0))}…`;
}

const maxDepth = 8;
const maxEntries = 100;

/**
 * A copy of a JSON value with every secret masked: whatever stands under a name such as `password` or `cookie`,
 * and what `redactText` finds in the rest. What is nested deeper than 8, and members after the first 100, are
 * left out.
 */
export function redactJson(value: unknown, secrets: Secrets = [], depth = 0): unknown {
  if (typeof value === 'string') return redactText(value, secrets);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '…';
  if (Array.isArray(value)) {
    return value.slice(0, maxEntries).map((member) => redactJson(member, secrets, depth + 1));
  }
  const members = Object.entries(value).slice(0, maxEntries);
  return Object.fromEntries(
    members.map(([name, member]) => [
      redactText(name, secrets),
      isSecret(name, member) ? mask : redactJson(member, secrets, depth + 1),
    ]),
  );
}

/** Flags and absent values tell nothing, and are of use. */
const isSecret = (name: string, member: unknown) =>
  secretField.test(name) && member !== null && member !== '' && typeof member !== 'boolean';

/** The password in an address, as it is written and as it is meant; none when there is none. */
export function passwordsOf(address: string | null): Secrets {
  const password = URL.parse(address ?? '')?.password ?? '';
  // Shorter ones would mask half of every sentence; their addresses are masked by their look.
  return [...new Set([password, decodedPart(password)])].filter((secret) => secret.length >= 5);
}
