import type { Db } from '../../platform/database.ts';
import type { AccessNews } from './access-news.ts';
import { hashOf, parseRefreshToken } from './refresh-token.ts';

interface OwnSession {
  /** Of the access token, when there is one that is still valid. */
  readonly sessionId: string | null;
  /** Of the cookie; any token that the session ever had will do. */
  readonly refreshToken: string | null;
}

/** How many sessions were ended: that of the access token and that of the cookie, which are the same as a rule. */
export async function signOut(db: Db, news: AccessNews, own: OwnSession): Promise<number> {
  const token = parseRefreshToken(own.refreshToken ?? '');
  const ended = await db.$queryRaw<{ user_id: string }[]>`
    UPDATE sessions SET revoked_at = now()
    WHERE (id = ${own.sessionId}::uuid OR series_hash = ${token && hashOf(token.series)}::text)
      AND revoked_at IS NULL AND expires_at > now()
    RETURNING user_id`;
  if (ended.length > 0) news.announce(ended.map(({ user_id }) => user_id));
  return ended.length;
}

/** How many sessions of the user were ended, this one included. */
export async function signOutEverywhere(db: Db, news: AccessNews, userId: string): Promise<number> {
  const ended = await endSessions(db, userId);
  news.announce([userId]);
  return ended;
}

/** How many sessions of the user were ended. Part of a change that its caller announces. */
export async function endSessions(db: Db, userId: string): Promise<number> {
  return db.$executeRaw`
    UPDATE sessions SET revoked_at = now()
    WHERE user_id = ${userId}::uuid AND revoked_at IS NULL AND expires_at > now()`;
}
