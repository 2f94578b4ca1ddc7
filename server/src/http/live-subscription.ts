import {
  createSourceEventStream,
  executeSubscriptionEvent,
  GraphQLError,
  validateSubscriptionArgs,
  type ExecutionArgs,
  type ExecutionResult,
} from 'graphql';
import type { Context } from '../graphql/context.ts';
import { fault } from '../graphql/errors.ts';
import { shareResult, type Asker } from '../graphql/shared-results.ts';
import type { LiveViewer } from '../modules/user/live-viewers.ts';
import type { Deliver } from './caller.ts';
import { LiveResults } from './live-results.ts';

export interface LiveOptions {
  /** What all events have in common. */
  readonly context: Context;
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
  { context, deliver, live }: LiveOptions,
): Promise<LiveResults | ExecutionResult> {
  const validated = validateSubscriptionArgs({ ...args, contextValue: { ...context, ...askerNow(live) } });
  if (!('schema' in validated)) return { errors: validated };
  const events = await createSourceEventStream(validated);
  if (!(Symbol.asyncIterator in events)) return events;
  const execute = (rootValue: unknown, asker: Asker) =>
    // A new context each time, so that nothing is remembered of the event before.
    executeSubscriptionEvent({ ...validated, rootValue, contextValue: { ...context, ...asker } });
  /** At once unless a resolver waits for something. */
  const resultOf = (event: unknown) => {
    try {
      const result = shareResult(event, validated, askerNow(live), (asker) => execute(event, asker));
      return result instanceof Promise ? result.catch(failed) : result;
    } catch (error) {
      return failed(error);
    }
  };
  return new LiveResults(events, { resultOf, deliver, live });
}

/** Throws UNAUTHENTICATED when the session is over. */
function askerNow(live: LiveViewer | null): Asker {
  const viewer = live && live.current();
  if (live && !viewer) throw fault('UNAUTHENTICATED');
  return { viewer, live };
}

/** One event fails, not the subscription: the next brings the whole state. */
const failed = (error: unknown): ExecutionResult => ({
  errors: [error instanceof GraphQLError ? error : new GraphQLError('', { cause: error })],
});
