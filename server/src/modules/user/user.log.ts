import type { Log } from '../../platform/log.ts';
import { storedEmail } from './email.ts';
import { InvalidCredentialsError, TooManyAttemptsError, WrongPasswordError } from './user.errors.ts';

/** Who tried a password, and from where. */
interface Attempt {
  readonly email?: string;
  readonly userId?: string;
  readonly clientAddress: string;
}

/** What comes of an attempt; a refusal is said to the log, and goes on to the caller. */
export async function noteRefusal<T>(log: Log, { email, ...who }: Attempt, attempt: Promise<T>): Promise<T> {
  try {
    return await attempt;
  } catch (error) {
    const fields = { ...who, ...(email === undefined ? {} : { email: maskedEmail(email) }) };
    if (error instanceof InvalidCredentialsError) log.warn(fields, 'sign-in refused');
    if (error instanceof WrongPasswordError) log.warn(fields, 'change of the own password refused');
    // Those that follow it say nothing more, and nobody stops who sends them.
    if (error instanceof TooManyAttemptsError && error.isFirst)
      log.warn(fields, 'sign-ins refused for a while: too many attempts');
    throw error;
  }
}

/** Enough to know whose it is: `o***@shop.example`. What is no address may be a password in the wrong field. */
export const maskedEmail = (email: string): string =>
  storedEmail(email)?.replace(/^(.).*@/u, '$1***@') ?? '***';
