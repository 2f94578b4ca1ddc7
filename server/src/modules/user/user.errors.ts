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
