import { Prisma, type User } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import { isTaken } from '../../shared/is-taken.ts';
import type { AccessNews } from './access-news.ts';
import type { LoginGuard } from './login-guard.ts';
import { hashPassword, isPassword } from './password.ts';
import { endSessions } from './session.end.ts';
import { openSession, type OpenSession } from './session.service.ts';
import { EmailTakenError, LastAdminError, UserNotFoundError, WrongPasswordError } from './user.errors.ts';
import { normaliseEmail } from './email.ts';
import { checkPassword } from './user.service.ts';

/** What is not given, or null, stays as it is. */
export interface UserChanges {
  readonly name?: string | null;
  readonly email?: string | null;
  readonly active?: boolean | null;
  readonly platformAdmin?: boolean | null;
  readonly password?: string | null;
}

/** True when a change would touch what only admins decide. */
export const isAdministration = ({ email, active, platformAdmin, password }: UserChanges): boolean =>
  [email, active, platformAdmin, password].some((value) => (value ?? null) !== null);

/**
 * The user after the changes. Another password, and being switched off, end all of their sessions. Throws
 * UserNotFoundError, EmailMalformedError, EmailTakenError, PasswordTooWeakError or LastAdminError.
 */
export async function updateUser(db: Db, news: AccessNews, id: string, changes: UserChanges): Promise<User> {
  const values = await valuesOf(db, id, changes);
  const signsOut = changes.active === false || values.passwordHash !== undefined;
  const user = await db
    .$transaction(async (transaction) => {
      if (changes.active === false || changes.platformAdmin === false)
        await keepAnAdmin(transaction, id, changes);
      const updated = await transaction.user.update({ where: { id }, data: values });
      if (signsOut) await endSessions(transaction, id);
      return updated;
    })
    .catch((error: unknown) => {
      throw isTaken(error) ? new EmailTakenError(values.email ?? '') : error;
    });
  news.announce([id]);
  return user;
}

/** The columns to write; before the transaction, since hashing is slow by design. */
async function valuesOf(db: Db, id: string, changes: UserChanges): Promise<Partial<User>> {
  const user = await db.user.findUnique({ where: { id } });
  if (!user) throw new UserNotFoundError();
  const { name, email, active, platformAdmin, password } = changes;
  const values: Partial<User> = {
    ...(name ? { name: name.trim() } : {}),
    ...(typeof email === 'string' ? { email: normaliseEmail(email) } : {}),
    ...(typeof active === 'boolean' ? { active } : {}),
    ...(typeof platformAdmin === 'boolean' ? { platformAdmin } : {}),
  };
  if (typeof password !== 'string') return values;
  checkPassword(password, values.email ?? user.email);
  return { ...values, passwordHash: await hashPassword(password) };
}

/**
 * Throws LastAdminError when nobody else could undo it. All active admins are locked, in one order: of two who
 * demote each other at once, the second finds that there is only one left.
 */
async function keepAnAdmin(db: Db, id: string, { active }: UserChanges): Promise<void> {
  const admins = await db.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT id FROM users WHERE platform_admin AND active ORDER BY id FOR NO KEY UPDATE`,
  );
  const others = admins.filter((admin) => admin.id !== id);
  if (others.length === 0 && admins.length > 0)
    throw new LastAdminError([active === false ? 'active' : 'platformAdmin']);
}

interface PasswordChange {
  readonly userId: string;
  readonly currentPassword: string;
  readonly password: string;
  /** The IP address that it comes from. */
  readonly address: string;
}

/**
 * A new session in place of all that the user had. Throws WrongPasswordError, TooManyAttemptsError (guesses count as
 * those of signing in do) or PasswordTooWeakError.
 */
export async function changePassword(
  db: Db,
  services: { readonly accessNews: AccessNews; readonly loginGuard: LoginGuard },
  { userId, currentPassword, password, address }: PasswordChange,
): Promise<OpenSession> {
  const user = await db.user.findUniqueOrThrow({ where: { id: userId } });
  const attempt = { email: user.email, address };
  await services.loginGuard.begin(attempt);
  if (!(await isPassword(currentPassword, user.passwordHash))) throw new WrongPasswordError();
  await services.loginGuard.succeed(attempt);
  checkPassword(password, user.email);
  const session = await replacePassword(db, user, await hashPassword(password));
  services.accessNews.announce([userId]);
  return session;
}

function replacePassword(db: Db, user: User, passwordHash: string): Promise<OpenSession> {
  return db.$transaction(async (transaction) => {
    // Only if it is still the one that was checked: of two changes at once, one was made with an old password.
    const { count } = await transaction.user.updateMany({
      where: { id: user.id, passwordHash: user.passwordHash, active: true },
      data: { passwordHash },
    });
    if (count === 0) throw new WrongPasswordError();
    await endSessions(transaction, user.id);
    const session = await openSession(transaction, { id: user.id, passwordHash });
    if (!session) throw new WrongPasswordError();
    return session;
  });
}
