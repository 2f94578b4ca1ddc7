import type { Db } from '../../platform/database.ts';
import type { AccessNews } from './access-news.ts';
import {
  currentSecret,
  formatRefreshToken,
  hashOf,
  newSecret,
  parseRefreshToken,
  seal,
  type RefreshToken,
  type ReplacedToken,
} from './refresh-token.ts';
import { idleDays, type OpenSession } from './session.service.ts';
import { SessionEndedError } from './user.errors.ts';

/** So that two tabs do not sign each other out. */
const graceMs = 10_000;

/** More than any number of tabs; keeps the row of a client that does nothing but refresh small. */
const mostReplaced = 20;

interface SessionRow {
  readonly id: string;
  readonly user_id: string;
  readonly refresh_token_hash: string;
  readonly replaced_tokens: readonly ReplacedToken[];
  readonly expires_at: Date;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The session of a refresh token, with the token that replaces it. One that was replaced in the last 10 seconds gets
 * the token that is valid now, which the browser may have already: whichever tab's answer comes last, the cookie is
 * good.
 *
 * The token that was used last is good for longer, while nobody has used its successor: that one may have got lost,
 * with the page or the network that was to bring it. It gets another successor, and the first is good no more. So where
 * it was no loss but a copy, in whoever's hands, the session ends once both have gone on. Any other token has been
 * copied, and ends it at once. Throws SessionEndedError.
 */
export async function refreshSession(db: Db, news: AccessNews, refreshToken: string): Promise<OpenSession> {
  const token = parseRefreshToken(refreshToken);
  if (!token) throw new SessionEndedError();
  for (;;) {
    const row = await findSession(db, token.series);
    if (!row) throw new SessionEndedError();
    const secret = currentSecret(token.secret, row.replaced_tokens, {
      hash: row.refresh_token_hash,
      since: row.now - graceMs,
    });
    if (secret !== null && secret !== token.secret) {
      return openSessionOf(row, { ...token, secret }, row.expires_at);
    }
    if (secret === null && row.replaced_tokens.at(-1)?.hash !== hashOf(token.secret)) {
      await revoke(db, news, row);
      throw new SessionEndedError();
    }
    const session = await rotate(db, row, token);
    if (session) return session;
    // Another request has replaced it since it was read, or ended the session.
  }
}

async function findSession(db: Db, series: string): Promise<SessionRow | undefined> {
  const [row] = await db.$queryRaw<SessionRow[]>`
    SELECT s.id, s.user_id, s.refresh_token_hash, s.replaced_tokens, s.expires_at,
      (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now
    FROM sessions s JOIN users u ON u.id = s.user_id
    WHERE s.series_hash = ${hashOf(series)} AND s.revoked_at IS NULL AND s.expires_at > now() AND u.active`;
  return row;
}

const openSessionOf = (row: SessionRow, token: RefreshToken, expiresAt: Date): OpenSession => ({
  sessionId: row.id,
  userId: row.user_id,
  refreshToken: formatRefreshToken(token),
  expiresAt,
});

/** `token` is the valid one, or the one used last: only that is remembered, so that a successor it had is none now. */
async function rotate(db: Db, row: SessionRow, token: RefreshToken): Promise<OpenSession | null> {
  const secret = newSecret();
  const entry: ReplacedToken = {
    hash: hashOf(token.secret),
    sealed: seal(secret, token.secret),
    at: row.now,
  };
  const replaced = [...row.replaced_tokens.filter(({ at }) => at >= row.now - graceMs), entry];
  const [rotated] = await db.$queryRaw<{ expires_at: Date }[]>`
    UPDATE sessions SET refresh_token_hash = ${hashOf(secret)}, rotated_at = now(),
      replaced_tokens = ${JSON.stringify(replaced.slice(-mostReplaced))}::jsonb,
      expires_at = now() + make_interval(days => ${idleDays})
    WHERE id = ${row.id}::uuid AND refresh_token_hash = ${row.refresh_token_hash} AND revoked_at IS NULL
    RETURNING expires_at`;
  return rotated ? openSessionOf(row, { ...token, secret }, rotated.expires_at) : null;
}

async function revoke(db: Db, news: AccessNews, { id, user_id }: SessionRow): Promise<void> {
  await db.session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
  news.announce([user_id]);
}
