import type { ExecutionArgs } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { fault } from '../graphql/errors.ts';
import type { Access, Caller } from './caller.ts';
import { subscribeLive } from './live-subscription.ts';
import type { OpenStreams } from './open-streams.ts';

/** Subscriptions with a context of its own for every event, over sockets and server-sent events alike. */
export function subscribeWith(access: Access, streams: OpenStreams): Plugin {
  return {
    onSubscribe({ args, setSubscribeFn, setResultAndStopExecution }) {
      const { caller } = args.contextValue as unknown as { readonly caller: Caller };
      // A socket has a limit of its own.
      if (caller.exchange && !streams.open(caller.address, caller.exchange.response)) {
        return setResultAndStopExecution({ errors: [fault('TOO_MANY_SUBSCRIPTIONS')] });
      }
      const live = caller.viewer && access.watch(caller.viewer);
      const { deliver } = caller;
      // A log of its own for each event would cost more than the rest of it.
      const context = { ...access.contextOf(caller, live), measured: true };
      setSubscribeFn((execution: ExecutionArgs) => subscribeLive(execution, { context, live, deliver }));
    },
  };
}
