import { errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
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
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

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
  if (token.length > longestToken) throw new AccessTokenError('TOKEN_INVALID');
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => keyOf(keys, kid), {
      algorithms: [algorithm],
      typ: type,
      issuer,
      audience,
      requiredClaims: ['sub', 'sid', 'exp', 'iat'],
    });
    return claimsOf(payload);
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
  if (sub === undefined || typeof sid !== 'string' || !uuid.test(sub) || !uuid.test(sid))
    throw new AccessTokenError('TOKEN_INVALID');
  return { userId: sub, sessionId: sid };
}
