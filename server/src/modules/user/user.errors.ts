import { DomainError } from '../../shared/domain-error.ts';

export class EmailMalformedError extends DomainError {
  readonly code = 'EMAIL_MALFORMED';

  constructor(email: string) {
    super(`"${email.slice(0, 80)}" is not an email address. Write it as name@example.org.`, ['email']);
  }
}

export class EmailTakenError extends DomainError {
  readonly code = 'EMAIL_TAKEN';

  constructor(email: string) {
    super(`There is an account for ${email} already. Nothing was changed.`, ['email']);
  }
}

export class PasswordTooWeakError extends DomainError {
  readonly code = 'PASSWORD_TOO_WEAK';

  constructor(reason: string) {
    super(`${reason} Choose a password of at least 12 characters that nobody guesses.`, ['password']);
  }
}

/** One for all reasons: whether there is such an account is nobody's business. */
export class InvalidCredentialsError extends DomainError {
  readonly code = 'INVALID_CREDENTIALS';

  constructor() {
    super('No active account has this email address and this password.');
  }
}

export class TooManyAttemptsError extends DomainError {
  readonly code = 'TOO_MANY_ATTEMPTS';
  readonly retryAfterSeconds: number;
  /** True for the first attempt that was one too many. */
  readonly isFirst: boolean;

  constructor(retryAfterSeconds: number, isFirst = false) {
    super(`There were too many attempts. Try again in ${retryAfterSeconds} seconds.`);
    this.retryAfterSeconds = retryAfterSeconds;
    this.isFirst = isFirst;
  }
}

/** There is no session to go on with: none was begun, or it has expired or was ended. */
export class SessionEndedError extends DomainError {
  readonly code = 'SESSION_ENDED';

  constructor() {
    super('The session has ended. Sign in again.');
  }
}

export class UserNotFoundError extends DomainError {
  readonly code = 'USER_NOT_FOUND';

  constructor() {
    super('There is no such user.', ['id']);
  }
}

export class LastAdminError extends DomainError {
  readonly code = 'LAST_ADMIN';

  constructor(path: readonly string[]) {
    super('This is the last active admin. Make another user an admin first.', path);
  }
}

export class WrongPasswordError extends DomainError {
  readonly code = 'WRONG_PASSWORD';

  constructor() {
    super('This is not the current password.', ['currentPassword']);
  }
}
