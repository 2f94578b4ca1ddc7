import { GraphQLError } from 'graphql';
import { fault } from '../graphql/errors.ts';
import { hasWaitedTooLong } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { DomainError } from '../shared/domain-error.ts';

/** What is logged with a fault. */
export interface FaultPlace {
  readonly requestId: string;
  readonly operationName: string | null;
  readonly log: Log;
}

/**
 * The errors as the caller may see them: refusals and errors of GraphQL as they are; of a fault nothing but the id
 * of the request, under which it is logged here. Twice is once.
 */
export function maskErrors(errors: readonly GraphQLError[], place: FaultPlace): GraphQLError[] {
  return errors.map((error) => maskError(error, place));
}

function maskError(error: GraphQLError, { requestId, operationName, log }: FaultPlace): GraphQLError {
  const cause = causeOf(error);
  const { nodes, source, positions, path } = error;
  const where = { nodes, source, positions, path };
  if (cause === null) {
    if (error.extensions['code'] !== undefined) return error;
    // GraphQL's own errors have no codes: of the text, of variables.
    const code = error.message.startsWith('Syntax Error') ? 'GRAPHQL_PARSE_FAILED' : 'BAD_REQUEST';
    return new GraphQLError(error.message, { ...where, extensions: { ...error.extensions, code } });
  }
  if (cause instanceof DomainError) {
    const extensions = { code: cause.code, ...(cause.path && { inputPath: [...cause.path] }) };
    return new GraphQLError(cause.message, { ...where, extensions });
  }
  const logged = { err: cause, requestId, operationName, path: path?.join('.') };
  if (hasWaitedTooLong(cause)) {
    log.warn(logged, 'an operation has waited too long');
    const { message, extensions } = fault('TOO_BUSY');
    return new GraphQLError(message, { ...where, extensions });
  }
  log.error(logged, 'fault in an operation');
  const { message, extensions } = fault('INTERNAL');
  return new GraphQLError(message, { ...where, extensions: { ...extensions, requestId } });
}

/** True for an error that is nothing but a sign of our own fault. */
export function isFault(error: GraphQLError): boolean {
  const cause = causeOf(error);
  return cause !== null && !(cause instanceof DomainError) && !hasWaitedTooLong(cause);
}

/** What was thrown, however often GraphQL has wrapped it; null for an error that GraphQL or we made for callers. */
function causeOf(error: GraphQLError): Error | null {
  let found: unknown = error;
  while (found instanceof GraphQLError) {
    const inner: unknown = found.originalError ?? found.cause;
    if (inner === undefined || inner === null) return null;
    found = inner;
  }
  return found instanceof Error ? found : new Error(String(found));
}
