import { Prisma, type User } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import { hashPassword } from './password.ts';
import { EmailMalformedError, EmailTakenError, PasswordTooWeakError } from './user.errors.ts';

const shortestPassword = 12;
/** Far above what anybody types; keeps hashing cheap. */
const longestPassword = 1_000;
/** RFC 5321 4.5.3.1. */
const longestEmail = 254;

/** An address with one @, no blanks, and a domain of at least two labels. Only a letter to it proves more. */
const emailForm = /^[^\s@<>()[\]\\,;:"]{1,64}@[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)+$/;

/** The address as it is stored, in lower case; throws EmailMalformedError for what is none. */
export function normaliseEmail(email: string): string {
  const normalised = email.trim().toLowerCase();
  if (normalised.length > longestEmail || !emailForm.test(normalised))
    throw new EmailMalformedError(email.trim());
  return normalised;
}

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

interface NewAdmin {
  readonly email: string;
  readonly password: string;
}

/** A platform admin who can sign in. Throws EmailMalformedError, EmailTakenError or PasswordTooWeakError. */
export async function createAdmin(db: Db, input: NewAdmin): Promise<User> {
  const email = normaliseEmail(input.email);
  if (await db.user.findUnique({ where: { email } })) throw new EmailTakenError(email);
  checkPassword(input.password, email);
  const passwordHash = await hashPassword(input.password);
  const [name = email] = email.split('@');
  try {
    return await db.user.create({ data: { email, passwordHash, name, platformAdmin: true } });
  } catch (error) {
    // P2002: somebody else made it since we looked.
    const taken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
    throw taken ? new EmailTakenError(email) : error;
  }
}
