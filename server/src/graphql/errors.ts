import { GraphQLError } from 'graphql';
import { DomainError } from '../shared/domain-error.ts';
import { queryLimits } from './limits.ts';

/** An argument that no rule of the domain has to look at: too long, malformed, out of range. */
export class InvalidInputError extends DomainError {
  readonly code = 'INVALID_INPUT';
}

/** Answers that end a whole operation, by `extensions.code`; refusals that a caller can mend are results instead. */
export const faultCodes = {
  UNAUTHENTICATED: 'Sign in first.',
  FORBIDDEN: 'You may not do that.',
  NOT_FOUND: 'There is no such thing, or none that you may see.',
  TOO_BUSY: 'Too much of this is under way. Try again in a moment.',
  INVALID_CURSOR: 'This is no cursor of this list.',
  INVALID_PAGE: 'Ask for 1 to 100 entries, either the first or the last.',
  QUERY_TOO_COMPLEX: 'The query asks for too much at once.',
  QUERY_TOO_LONG: 'The query is too long.',
  QUERY_TOO_DEEP: 'The query has too many fields within fields.',
  TOO_MANY_FIELDS: 'The query has too many fields.',
  TOO_MANY_ALIASES: 'The query has too many aliases.',
  TOO_MANY_DIRECTIVES: 'The query has too many directives.',
  TOO_MANY_ROOT_FIELDS: 'The query asks for too many things side by side.',
  TOO_MANY_SUBSCRIPTIONS: 'Too many subscriptions are open. End some of them.',
  SUBSCRIPTION_TOO_LARGE: `A subscription is sent in at most ${queryLimits.subscriptionCharacters} characters, variables and all.`,
  BATCHING_NOT_SUPPORTED: 'Send one operation a request.',
  INTROSPECTION_OFF: 'This server does not tell its schema. It is in schema.graphql.',
  TIMEOUT: 'This took too long and was given up.',
  INTERNAL: 'Something went wrong here.',
} as const;

export type FaultCode = keyof typeof faultCodes;

/** The GraphQL error of that code. */
export function fault(code: FaultCode, message: string = faultCodes[code]): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
