import type { ExecutionResult } from 'graphql';

/** Of results that have been sent; a text goes when its result does. */
const texts = new WeakMap<object, string>();

function textOf(result: ExecutionResult): string {
  const known = texts.get(result);
  if (known !== undefined) return known;
  const text = JSON.stringify(result);
  texts.set(result, text);
  return text;
}

const placeholder = {};
const placeholderEnd = '"payload":{}}';

/**
 * The results that one socket sends, written as JSON once for all sockets that send the same one: with a thousand
 * subscribers that is what an event costs. graphql-ws writes its messages itself, so it is given a payload without
 * anything in it, which is filled in when the message comes out.
 */
export class SharedTexts {
  /** By the id of the operation as JSON has it; of one operation there is one message at a time. */
  readonly #next = new Map<string, string>();

  /** What graphql-ws is to send in place of the result. */
  hold(id: string, result: ExecutionResult): Record<string, never> {
    this.#next.set(JSON.stringify(id), textOf(result));
    return placeholder;
  }

  /** The message as it goes out. */
  fill(message: string): string {
    if (this.#next.size === 0 || !message.endsWith(placeholderEnd)) return message;
    const id = message.slice('{"id":'.length, message.indexOf(',"type":"next"'));
    const text = this.#next.get(id);
    if (text === undefined) return message;
    this.#next.delete(id);
    return `${message.slice(0, -'{}}'.length)}${text}}`;
  }
}
