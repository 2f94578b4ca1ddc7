import { createHash, createHmac, randomBytes } from 'node:crypto';

/**
 * A refresh token is `SERIES.SECRET`, both random and in base64url. The series stays the same for a whole session and
 * the secret changes with each use, so that a series with a secret of earlier days betrays a copied cookie. Only
 * SHA-256 of either is stored: random bits need no salt and no slow hash.
 */
export interface RefreshToken {
  readonly series: string;
  /** 256 random bits. */
  readonly secret: string;
}

/** A token that was replaced a moment ago, as a session keeps it. */
export interface ReplacedToken {
  /** SHA-256 of its secret. */
  readonly hash: string;
  /** The secret that replaced it, which only this one opens. */
  readonly sealed: string;
  /** Milliseconds since 1970 by the clock of the database. */
  readonly at: number;
}

const seriesBytes = 16;
const secretBytes = 32;
const form = /^[\w-]{22}\.[\w-]{43}$/;

export const newSecret = (): string => randomBytes(secretBytes).toString('base64url');
export const newRefreshToken = (): RefreshToken => ({
  series: randomBytes(seriesBytes).toString('base64url'),
  secret: newSecret(),
});

/** The token of a cookie's text, or null for a text that is none. */
export function parseRefreshToken(text: string): RefreshToken | null {
  if (!form.test(text)) return null;
  const [series = '', secret = ''] = text.split('.');
  return { series, secret };
}

export const formatRefreshToken = ({ series, secret }: RefreshToken): string => `${series}.${secret}`;

/** SHA-256 of a part of a token, in base64url, as it is stored. */
export const hashOf = (part: string): string => createHash('sha256').update(part).digest('base64url');

/**
 * The secret that replaces this one, such that only who has this one can read it: a one-time pad. A secret is replaced
 * a second time only when the first successor was lost and is good for nothing. The holder of a copy of the database
 * learns nothing.
 */
export function seal(successor: string, secret: string): string {
  return xor(Buffer.from(successor, 'base64url'), padOf(secret)).toString('base64url');
}

/** The secret that `seal` hid. */
export function unseal(sealed: string, secret: string): string {
  return xor(Buffer.from(sealed, 'base64url'), padOf(secret)).toString('base64url');
}

/** Not the stored hash: that one is no secret. */
const padOf = (secret: string) => createHmac('sha256', secret).update('successor').digest();

const xor = (one: Buffer, other: Buffer) => Buffer.from(one.map((byte, at) => byte ^ (other[at] ?? 0)));

/**
 * The secret that is valid now, for a secret that was replaced no earlier than `since`; null for any other. Follows
 * the replacements, when there were several in that time.
 */
export function currentSecret(
  secret: string,
  replaced: readonly ReplacedToken[],
  { hash, since }: { readonly hash: string; readonly since: number },
): string | null {
  let found = secret;
  for (let step = 0; step <= replaced.length; step++) {
    const foundHash = hashOf(found);
    if (foundHash === hash) return found;
    const entry = replaced.find((candidate) => candidate.hash === foundHash && candidate.at >= since);
    if (!entry) return null;
    found = unseal(entry.sealed, found);
  }
  return null;
}
