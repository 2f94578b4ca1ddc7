import { v7 as uuidv7 } from 'uuid';
import type { User } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import type { LoginGuard } from './login-guard.ts';
import { isPassword } from './password.ts';
import { formatRefreshToken, hashOf, newRefreshToken } from './refresh-token.ts';
import { InvalidCredentialsError } from './user.errors.ts';
import { findUserByEmail } from './user.service.ts';

/** A session that goes on, and the cookie that it goes on with. */
export interface OpenSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly refreshToken: string;
  /** When it ends if nobody refreshes it. */
  readonly expiresAt: Date;
}

/** A session that nobody refreshes for so long ends. */
export const idleDays = 30;

/** The hash of a password that nobody knows, made as `hashPassword` makes them. */
export const nobodysPasswordHash =
  '$argon2id$v=19$m=19456,t=2,p=1$CRZWAeB04SlVKi2VRlbI0Q$1A6tYZHgcxDHqllA5nlCkodj5skiId5vYVsmp/kV4Wo';

interface Credentials {
  readonly email: string;
  readonly password: string;
  /** The IP address that they come from. */
  readonly address: string;
}

/**
 * A new session for these credentials. Throws TooManyAttemptsError, or InvalidCredentialsError: the same, and after
 * the same time, for a wrong password, an account that is switched off, and none.
 */
export async function signIn(db: Db, guard: LoginGuard, credentials: Credentials): Promise<OpenSession> {
  await guard.begin(credentials);
  const user = await findUserByEmail(db, credentials.email);
  const known = user?.active && user.passwordHash.startsWith('$argon2');
  const correct = await isPassword(credentials.password, known ? user.passwordHash : nobodysPasswordHash);
  const session = known && correct ? await openSession(db, user) : null;
  if (!session) throw new InvalidCredentialsError();
  await guard.succeed(credentials);
  await forgetEndedSessions(db, session.userId);
  return session;
}

/**
 * A session of a user as they were read; null when they have been switched off or have another password since. The
 * lock waits for whoever is changing that, so that no session outlives the password it was opened with.
 */
export async function openSession(
  db: Db,
  user: Pick<User, 'id' | 'passwordHash'>,
): Promise<OpenSession | null> {
  const token = newRefreshToken();
  const sessionId = uuidv7();
  const [row] = await db.$queryRaw<{ expires_at: Date }[]>`
    WITH holder AS (
      SELECT id FROM users WHERE id = ${user.id}::uuid AND active AND password_hash = ${user.passwordHash} FOR SHARE
    )
    INSERT INTO sessions (id, user_id, series_hash, refresh_token_hash, expires_at)
    SELECT ${sessionId}::uuid, id, ${hashOf(token.series)}, ${hashOf(token.secret)},
      now() + make_interval(days => ${idleDays})
    FROM holder RETURNING expires_at`;
  if (!row) return null;
  return {
    sessionId,
    userId: user.id,
    refreshToken: formatRefreshToken(token),
    expiresAt: row.expires_at,
  };
}

/** Keeps a user who signs in every day from gathering rows; those of a day ago may still explain something. */
async function forgetEndedSessions(db: Db, userId: string): Promise<void> {
  await db.$executeRaw`
    DELETE FROM sessions WHERE id IN (
      SELECT id FROM sessions WHERE user_id = ${userId}::uuid
        AND least(expires_at, revoked_at) < now() - interval '1 day'
      FOR UPDATE SKIP LOCKED)`;
}
