import type { ExecutionResult } from 'graphql';
import { fault } from '../graphql/errors.ts';
import type { LiveViewer } from '../modules/user/live-viewers.ts';
import type { Deliver } from './caller.ts';

interface Options {
  /** What an event gives. May not fail. */
  readonly resultOf: (event: unknown) => ExecutionResult | Promise<ExecutionResult>;
  readonly deliver: Deliver | null;
  /** Closed when the subscription is over. Null for one that nobody has signed in for. */
  readonly live: LiveViewer | null;
}

type Step = IteratorResult<ExecutionResult, undefined>;

/** Somebody who waits for a result. */
interface Waiting {
  readonly settle: (step: Step) => void;
  readonly fail: (error: unknown) => void;
}

const done = { done: true, value: undefined } as const;

/**
 * The results of a subscription's events, but for those that could be delivered, until its viewer's session ends;
 * whoever waits for the next one is not kept waiting then. Few promises stand between an event and its result:
 * thousands of subscribers take each step together, so that the first waits for the last.
 */
export class LiveResults implements AsyncGenerator<ExecutionResult, undefined> {
  readonly #events: AsyncIterator<unknown>;
  readonly #options: Options;
  readonly #waiting = new Set<Waiting>();
  readonly #end = () => this.#finish({ done: false, value: { errors: [fault('UNAUTHENTICATED')] } });
  #isOver = false;
  #last: Step = done;

  constructor(events: AsyncIterable<unknown>, options: Options) {
    this.#events = events[Symbol.asyncIterator]();
    this.#options = options;
    const { live } = options;
    if (live?.ended.aborted) this.#end();
    else live?.ended.addEventListener('abort', this.#end, { once: true });
  }

  next(): Promise<Step> {
    return new Promise((settle, fail) => {
      if (this.#isOver) return settle(this.#takeLast());
      const waiting = { settle, fail };
      this.#waiting.add(waiting);
      this.#ask(waiting);
    });
  }

  async return(): Promise<Step> {
    this.#finish();
    return done;
  }

  async throw(error: unknown): Promise<Step> {
    this.#finish();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#finish();
  }

  #ask(waiting: Waiting): void {
    this.#events.next().then(
      (event) => this.#hear(event, waiting),
      (error: unknown) => {
        this.#waiting.delete(waiting);
        waiting.fail(error);
        this.#finish();
      },
    );
  }

  #hear(event: IteratorResult<unknown>, waiting: Waiting): void {
    if (event.done) return this.#finish();
    const result = this.#options.resultOf(event.value);
    if (result instanceof Promise) void result.then((value) => this.#give(value, waiting));
    else this.#give(result, waiting);
  }

  #give(value: ExecutionResult, waiting: Waiting): void {
    // Over, and told so.
    if (!this.#waiting.has(waiting)) return;
    if (this.#options.deliver?.(value)) {
      // A source that always has more must leave time for everybody else, and for its own end.
      setImmediate(() => this.#ask(waiting));
      return;
    }
    this.#waiting.delete(waiting);
    waiting.settle({ done: false, value });
  }

  #finish(last: Step = done): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#last = last;
    const { live } = this.#options;
    live?.ended.removeEventListener('abort', this.#end);
    live?.close();
    // A source that is waiting for its next event answers this when it comes, perhaps never.
    void this.#events.return?.().catch(() => undefined);
    for (const { settle } of this.#waiting) settle(this.#takeLast());
    this.#waiting.clear();
  }

  #takeLast(): Step {
    const last = this.#last;
    this.#last = done;
    return last;
  }
}
