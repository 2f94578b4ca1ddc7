import type { ExecutionResult } from 'graphql';

/** Of results that have been sent; a text goes when its result does. */
const texts = new WeakMap<object, string>();

/**
 * The message `next` of graphql-ws that brings a result of an operation. A result is written as JSON once, however
 * many operations it goes to: with a thousand subscribers that is what an event costs.
 */
export const resultMessage = (id: string, result: ExecutionResult): string =>
  `{"id":${JSON.stringify(id)},"type":"next","payload":${textOf(result)}}`;

function textOf(result: ExecutionResult): string {
  const known = texts.get(result);
  if (known !== undefined) return known;
  const text = JSON.stringify(result);
  texts.set(result, text);
  return text;
}
