import type { SignInMutation } from '#lib/graphql/generated/graphql.ts';
import { m } from '#lib/paraglide/messages.js';

export type SignInAnswer = SignInMutation['login'];

/** Why nobody was signed in, in words; `timeLeft` writes a number of seconds. */
export function refusalOfSignIn(
  answer: Exclude<SignInAnswer, { __typename: 'LoginPayload' }>,
  timeLeft: (seconds: number) => string,
): string {
  switch (answer.__typename) {
    case 'TooManyAttemptsError':
      return m.signin_too_many({ time: timeLeft(answer.retryAfterSeconds) });
    case 'InvalidCredentialsError':
    case 'InvalidInputError':
      return m.signin_wrong();
  }
}
