import {
  createSourceEventStream,
  executeSubscriptionEvent,
  GraphQLError,
  validateSubscriptionArgs,
  type ExecutionArgs,
  type ExecutionResult,
  type ValidatedSubscriptionArgs,
} from 'graphql';
import type { Context } from '../graphql/context.ts';
import { shareResult } from '../graphql/shared-results.ts';
import type { LiveViewer } from '../modules/user/live-viewers.ts';
import type { Deliver } from './caller.ts';
import { LiveResults } from './live-results.ts';

export interface LiveOptions {
  /** A context with the viewer as of now. May throw a GraphQL error. */
  readonly contextNow: () => Context;
  /** Closed when the subscription is over. Null for one that nobody has signed in for. */
  readonly live: LiveViewer | null;
  readonly deliver: Deliver | null;
}

/**
 * A subscription whose every event is resolved for the viewer as of that moment. It ends, with UNAUTHENTICATED, when
 * the viewer's session does, also while nothing happens.
 */
export async function subscribeLive(
  args: ExecutionArgs,
  options: LiveOptions,
): Promise<LiveResults | ExecutionResult> {
  const { live } = options;
  const started = await start(args, options).catch((error: unknown) => {
    live?.close();
    throw error;
  });
  if (!(started instanceof LiveResults)) live?.close();
  return started;
}

async function start(
  args: ExecutionArgs,
  { contextNow, deliver, live }: LiveOptions,
): Promise<LiveResults | ExecutionResult> {
  const validated = validateSubscriptionArgs(args);
  if (!('schema' in validated)) return { errors: validated };
  const events = await createSourceEventStream(validated);
  if (!(Symbol.asyncIterator in events)) return events;
  const result = (event: unknown) => resultOf(event, validated, contextNow);
  return new LiveResults(events, { resultOf: result, deliver, live });
}

/** What an event gives for the viewer as of now, at once unless a resolver waits for something. */
function resultOf(
  rootValue: unknown,
  validated: ValidatedSubscriptionArgs,
  contextNow: () => Context,
): ExecutionResult | Promise<ExecutionResult> {
  try {
    // Nothing of the event before is remembered.
    const result = shareResult(rootValue, validated, contextNow(), (contextValue) =>
      executeSubscriptionEvent({ ...validated, rootValue, contextValue }),
    );
    return result instanceof Promise ? result.catch(failed) : result;
  } catch (error) {
    return failed(error);
  }
}

/** One event fails, not the subscription: the next brings the whole state. */
const failed = (error: unknown): ExecutionResult => ({
  errors: [error instanceof GraphQLError ? error : new GraphQLError('', { cause: error })],
});
