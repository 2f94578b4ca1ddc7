import type { User } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import { isTaken } from '../../shared/is-taken.ts';
import { normaliseEmail, storedEmail } from './email.ts';
import { hashPassword } from './password.ts';
import { EmailTakenError, PasswordTooWeakError } from './user.errors.ts';

const shortestPassword = 12;
/** Far above what anybody types; keeps hashing cheap. */
const longestPassword = 1_000;
/** Throws PasswordTooWeakError for one that is too easy to guess. */
export function checkPassword(password: string, email: string): void {
  const length = [...password].length;
  if (length < shortestPassword) {
    throw new PasswordTooWeakError(
      length === 0 ? 'The password is empty.' : `The password has ${length} characters.`,
    );
  }
  if (length > longestPassword)
    throw new PasswordTooWeakError('The password has more than 1,000 characters.');
  if (new Set(password).size < 4)
    throw new PasswordTooWeakError('The password repeats the same few characters.');
  if (password.toLowerCase() === email) throw new PasswordTooWeakError('The password is the email address.');
}

interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly platformAdmin: boolean;
}

/** Whoever has that address, however it is written; null when nobody has. */
export async function findUserByEmail(db: Db, email: string): Promise<User | null> {
  const stored = storedEmail(email);
  return stored === null ? null : db.user.findUnique({ where: { email: stored } });
}

/** A user who can sign in. Throws EmailMalformedError, EmailTakenError or PasswordTooWeakError. */
export async function createUser(db: Db, { password, ...input }: NewUser): Promise<User> {
  const email = normaliseEmail(input.email);
  if (await db.user.findUnique({ where: { email } })) throw new EmailTakenError(email);
  checkPassword(password, email);
  const passwordHash = await hashPassword(password);
  try {
    return await db.user.create({ data: { ...input, name: input.name.trim(), email, passwordHash } });
  } catch (error) {
    // Somebody else made it since we looked.
    throw isTaken(error) ? new EmailTakenError(email) : error;
  }
}

/** A platform admin, named as the address begins. Throws as `createUser` does. */
export function createAdmin(db: Db, input: Pick<NewUser, 'email' | 'password'>): Promise<User> {
  const [name = ''] = input.email.trim().toLowerCase().split('@');
  return createUser(db, { ...input, name, platformAdmin: true });
}
