import { GraphQLError } from 'graphql';
import { DomainError } from '../shared/domain-error.ts';

/** An argument that no rule of the domain has to look at: too long, malformed, out of range. */
export class InvalidInputError extends DomainError {
  readonly code = 'INVALID_INPUT';
}

/** Answers that end a whole operation, by `extensions.code`; refusals that a caller can mend are results instead. */
export const faultCodes = {
  UNAUTHENTICATED: 'Sign in first.',
  FORBIDDEN: 'You may not do that.',
  INVALID_CURSOR: 'This is no cursor of this list.',
  INVALID_PAGE: 'Ask for 1 to 100 entries, either the first or the last.',
  QUERY_TOO_COMPLEX: 'The query asks for too much at once.',
} as const;

export type FaultCode = keyof typeof faultCodes;

/** The GraphQL error of that code. */
export function fault(code: FaultCode, message: string = faultCodes[code]): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
