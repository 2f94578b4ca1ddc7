import type { ExecutionArgs, ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Metrics } from '../platform/metrics.ts';
import { isFault } from './mask-errors.ts';

/** Tells the metrics of every operation, over whichever transport. */
export function measureOperations({
  observeOperation,
  subscriptionOpened,
}: Pick<Metrics, 'observeOperation' | 'subscriptionOpened'>): Plugin {
  return {
    onExecute({ args }) {
      const began = performance.now();
      return {
        onExecuteDone({ result }) {
          const { errors } = result as ExecutionResult;
          const outcome = !errors ? 'ok' : errors.some(isFault) ? 'fault' : 'refused';
          observeOperation(nameOf(args), (performance.now() - began) / 1000, outcome);
        },
      };
    },
    onSubscribe({ args }) {
      return {
        onSubscribeResult({ result }) {
          if (!(Symbol.asyncIterator in result)) return;
          return { onEnd: subscriptionOpened(nameOf(args)) };
        },
      };
    },
  };
}

/** Envelop leaves it untyped. */
const nameOf = ({ operationName }: Pick<ExecutionArgs, 'operationName'>) => operationName ?? null;
