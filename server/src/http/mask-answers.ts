import { GraphQLError } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import type { Log } from '../platform/log.ts';
import { maskErrors } from './mask-errors.ts';

interface Result {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLError[];
}

interface ServerContext {
  readonly requestId: string;
  readonly params?: GraphQLParams;
}

/** Masks whatever leaves over HTTP: answers, events, and errors on the way there; and gives errors their status. */
export function maskAnswers(log: Log): Plugin<object, ServerContext> {
  return {
    onResultProcess({ result, setResult, serverContext: { requestId, params } }) {
      const place = { requestId, operationName: params?.operationName ?? null, log };
      const mask = (one: Result): Result =>
        one.errors ? { ...one, errors: withStatus(one, maskErrors(one.errors, place)) } : one;
      if (Array.isArray(result)) return;
      const masked = Symbol.asyncIterator in result ? mapEach(result, mask) : mask(result as Result);
      setResult(masked as typeof result);
    },
  };
}

/** For answers without data; GraphQL over HTTP has 200 for all others. */
const statuses: Readonly<Record<string, number>> = { UNAUTHENTICATED: 401, INTERNAL: 500, TIMEOUT: 504 };

function withStatus(result: Result, errors: readonly GraphQLError[]): readonly GraphQLError[] {
  if ('data' in result) return errors;
  return errors.map((error) => {
    const { code, http } = error.extensions;
    const status = typeof code === 'string' && !http ? (statuses[code] ?? 400) : undefined;
    if (status === undefined) return error;
    const { nodes, source, positions, path, extensions } = error;
    return new GraphQLError(error.message, {
      ...{ nodes, source, positions, path },
      extensions: { ...extensions, http: { status } },
    });
  });
}

function mapEach(results: AsyncIterable<unknown>, map: (result: Result) => Result): AsyncIterable<Result> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = results[Symbol.asyncIterator]();
      return {
        async next() {
          const step = await iterator.next();
          return step.done ? { done: true, value: undefined } : { value: map(step.value as Result) };
        },
        async return() {
          await iterator.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
