import { errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import { readUuid } from '../../shared/uuid.ts';
import type { SigningKeys } from './signing-keys.ts';

/** Whom an access token was given to. */
export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
}

export interface AccessToken {
  readonly accessToken: string;
  readonly expiresAt: Date;
}

/** An access token that is good for nothing. */
export class AccessTokenError extends Error {
  readonly reason: 'TOKEN_EXPIRED' | 'TOKEN_INVALID';

  constructor(reason: 'TOKEN_EXPIRED' | 'TOKEN_INVALID') {
    super(reason === 'TOKEN_EXPIRED' ? 'The access token has expired.' : 'The access token is not valid.');
    this.reason = reason;
  }
}

const lifetimeSeconds = 15 * 60;

/**
 * Who signs also verifies, so both share a secret; and a verifier that knows a single algorithm cannot be talked
 * into another one (RFC 8725 3.1).
 */
const algorithm = 'HS256';
/** No other kind of JWT passes for an access token (RFC 9068 2.1). */
const type = 'at+jwt';
const issuer = 'marketplace-import';
const audience = 'marketplace-import/api';

/** Ours have about 350. */
const longestToken = 2048;

/** A JWT of 15 minutes for a session, signed with the first key. `now` in milliseconds since 1970. */
export async function signAccessToken(
  { signing }: SigningKeys,
  { userId, sessionId }: AccessClaims,
  now = Date.now(),
): Promise<AccessToken> {
  const issuedAt = Math.floor(now / 1000);
  const accessToken = await new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: algorithm, typ: type, kid: signing.id })
    .setSubject(userId)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(signing.secret);
  return { accessToken, expiresAt: new Date((issuedAt + lifetimeSeconds) * 1000) };
}

/** Whom the token was given to; its session may have ended since. Throws AccessTokenError. */
export async function verifyAccessToken(keys: SigningKeys, token: string): Promise<AccessClaims> {
  const known = knownTokens(keys);
  const good = known.get(token) ?? (await verify(keys, token));
  if (good.expiresAt <= Date.now()) throw new AccessTokenError('TOKEN_EXPIRED');
  known.set(token, good);
  return good.claims;
}

interface GoodToken {
  readonly claims: AccessClaims;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A client sends one token a thousand times, and each check of a signature waits for other threads twice. */
const mostKnown = 1_000;
const knownByKeys = new WeakMap<SigningKeys, LRUCache<string, GoodToken>>();

/** Tokens whose signatures these very keys have made. */
function knownTokens(keys: SigningKeys): LRUCache<string, GoodToken> {
  const known = knownByKeys.get(keys) ?? new LRUCache({ max: mostKnown });
  knownByKeys.set(keys, known);
  return known;
}

async function verify(keys: SigningKeys, token: string): Promise<GoodToken> {
  if (token.length > longestToken) throw new AccessTokenError('TOKEN_INVALID');
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => keyOf(keys, kid), {
      algorithms: [algorithm],
      typ: type,
      issuer,
      audience,
      requiredClaims: ['sub', 'sid', 'exp', 'iat'],
    });
    return { claims: claimsOf(payload), expiresAt: (payload.exp ?? 0) * 1000 };
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new AccessTokenError('TOKEN_EXPIRED');
    if (error instanceof errors.JOSEError) throw new AccessTokenError('TOKEN_INVALID');
    throw error;
  }
}

function keyOf({ byId }: SigningKeys, id: string | undefined): Uint8Array {
  const key = id === undefined ? undefined : byId.get(id);
  if (!key) throw new AccessTokenError('TOKEN_INVALID');
  return key.secret;
}

function claimsOf({ sub, sid }: JWTPayload): AccessClaims {
  const userId = readUuid(sub ?? '');
  const sessionId = typeof sid === 'string' ? readUuid(sid) : null;
  if (userId === null || sessionId === null) throw new AccessTokenError('TOKEN_INVALID');
  return { userId, sessionId };
}
