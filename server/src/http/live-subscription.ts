import {
  createSourceEventStream,
  executeSubscriptionEvent,
  GraphQLError,
  mapSourceToResponseEvent,
  validateSubscriptionArgs,
  type ExecutionArgs,
  type ExecutionResult,
} from 'graphql';
import type { Context } from '../graphql/context.ts';
import { fault } from '../graphql/errors.ts';
import { shareResult } from '../graphql/shared-results.ts';
import type { LiveViewer } from '../modules/user/live-viewers.ts';

export interface LiveOptions {
  /** A context with the viewer as of now. May throw a GraphQL error. */
  readonly contextNow: () => Context;
  /** Closed when the subscription is over. Null for one that nobody has signed in for. */
  readonly live: LiveViewer | null;
}

type Results = AsyncGenerator<ExecutionResult, void>;

/**
 * A subscription whose every event is resolved for the viewer as of that moment. It ends, with UNAUTHENTICATED, when
 * the viewer's session does, also while nothing happens.
 */
export async function subscribeLive(
  args: ExecutionArgs,
  { contextNow, live }: LiveOptions,
): Promise<Results | ExecutionResult> {
  const started = await start(args, contextNow).catch((error: unknown) => {
    live?.close();
    throw error;
  });
  if (Symbol.asyncIterator in started) return live ? untilEnd(started, live) : started;
  live?.close();
  return started;
}

async function start(args: ExecutionArgs, contextNow: () => Context): Promise<Results | ExecutionResult> {
  const validated = validateSubscriptionArgs(args);
  if (!('schema' in validated)) return { errors: validated };
  const source = await createSourceEventStream(validated);
  if (!(Symbol.asyncIterator in source)) return source;
  return mapSourceToResponseEvent(validated, source, async (event) => {
    try {
      // Nothing of the event before is remembered.
      return await shareResult(event, contextNow(), (contextValue) =>
        executeSubscriptionEvent({ ...event, contextValue }),
      );
    } catch (error) {
      // One event fails, not the subscription: the next brings the whole state.
      return { errors: [error instanceof GraphQLError ? error : new GraphQLError('', { cause: error })] };
    }
  }) as Results | ExecutionResult;
}

type Step = IteratorResult<ExecutionResult, void>;
const done = { done: true, value: undefined } as const;

/** The results until the session ends; whoever waits for the next one is not kept waiting. */
function untilEnd(results: Results, { ended, close }: LiveViewer): Results {
  const waiting = new Set<(step: Step) => void>();
  let over = false;
  let last: Step = done;
  const takeLast = () => {
    const step = last;
    last = done;
    return step;
  };
  const finish = () => {
    if (over) return;
    over = true;
    ended.removeEventListener('abort', end);
    close();
    // A source that is waiting for its next event answers this when it comes, perhaps never.
    void Promise.resolve(results.return()).catch(() => undefined);
    for (const settle of waiting) settle(takeLast());
  };
  const end = () => {
    if (!over) last = { done: false, value: { errors: [fault('UNAUTHENTICATED')] } };
    finish();
  };
  if (ended.aborted) end();
  else ended.addEventListener('abort', end, { once: true });
  return {
    next: () =>
      new Promise((settle, fail) => {
        if (over) return settle(takeLast());
        waiting.add(settle);
        // One promise more for each would show with a thousand subscribers.
        void results.next().then((step) => {
          if (step.done) finish();
          else settle(step);
          waiting.delete(settle);
        }, fail);
      }),
    return: async () => {
      finish();
      return done;
    },
    throw: async (error: unknown) => {
      finish();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      finish();
    },
  };
}
