import { GraphQLError } from 'graphql';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';
import { AccessTokenError, verifyAccessToken } from './access-token.ts';
import type { SigningKeys } from './signing-keys.ts';
import { loadViewer } from './viewer.ts';

const messages = {
  TOKEN_EXPIRED: 'The access token has expired. Refresh the session.',
  TOKEN_INVALID: 'The access token is not valid. Sign in.',
  SESSION_ENDED: 'The session has ended. Sign in again.',
} as const;

/**
 * Who sends this `Authorization` header (or the same on a socket), as they are now; null when there is none. One SQL
 * statement. Throws a GraphQL error UNAUTHENTICATED, whose `extensions.reason` is TOKEN_EXPIRED, TOKEN_INVALID or
 * SESSION_ENDED: only the first can be mended by `refreshSession`.
 */
export async function authenticate(
  db: Db,
  keys: SigningKeys,
  authorization: string | null,
): Promise<Viewer | null> {
  if (authorization === null || authorization.trim() === '') return null;
  // RFC 6750 2.1; the name of a scheme has no case (RFC 9110 11.1).
  const [, token] = /^Bearer +([\w.-]+)$/i.exec(authorization.trim()) ?? [];
  if (token === undefined) throw unauthenticated('TOKEN_INVALID');
  const { userId, sessionId } = await verifyAccessToken(keys, token).catch((error: unknown) => {
    throw error instanceof AccessTokenError ? unauthenticated(error.reason) : error;
  });
  const viewer = await loadViewer(db, sessionId);
  if (viewer?.id !== userId) throw unauthenticated('SESSION_ENDED');
  return viewer;
}

function unauthenticated(reason: keyof typeof messages): GraphQLError {
  return new GraphQLError(messages[reason], { extensions: { code: 'UNAUTHENTICATED', reason } });
}
