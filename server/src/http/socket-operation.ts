/**
 * An operation on a socket, from its message until all that it began has ended: its client may have left long before.
 * Graphql-ws has it in its list until it knows a stream, and calls `return` when the client ends it or goes.
 */
export class SocketOperation implements AsyncGenerator<never, undefined> {
  readonly #lingering: Set<SocketOperation>;
  readonly #leaving = new AbortController();
  #holds = 0;

  /** It is among `lingering` while its client has left and something is still at work for it. */
  constructor(lingering: Set<SocketOperation>) {
    this.#lingering = lingering;
  }

  /** Aborted when the client has left. */
  get left(): AbortSignal {
    return this.#leaving.signal;
  }

  /** Says that something is at work, until what it gives is called. */
  hold(): () => void {
    this.#holds += 1;
    this.#note();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holds -= 1;
      this.#note();
    };
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#leaving.abort();
    this.#note();
    return { done: true, value: undefined };
  }

  next(): Promise<IteratorReturnResult<undefined>> {
    return this.return();
  }

  throw(): Promise<IteratorReturnResult<undefined>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  #note(): void {
    if (this.left.aborted && this.#holds > 0) this.#lingering.add(this);
    else this.#lingering.delete(this);
  }
}
