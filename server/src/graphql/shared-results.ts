import type { ExecutionResult, ValidatedExecutionArgs } from 'graphql';
import type { Context } from './context.ts';
import { noteReads, type ViewerReads } from './viewer-reads.ts';

type Execute = (context: Context) => ExecutionResult | PromiseLike<ExecutionResult>;

interface Kept {
  readonly reads: ViewerReads;
  /** Null for one that failed, which belongs to its own request. */
  readonly result: Promise<ExecutionResult | null>;
}

/** Results of an event, by what was asked; they go when the event goes. */
const results = new WeakMap<object, Map<object, Map<string, Kept[]>>>();
/** So many groups of viewers are told apart of an event. What belongs to one viewer alone is not worth keeping. */
const mostKept = 8;

/**
 * The result of an event of a subscription: carried out once for all who ask the same and of whom the resolvers
 * would read the same. So a thousand subscribers cost little more than one, whether or not they are one account.
 * A result with errors belongs to its own request.
 */
export async function shareResult(
  {
    rootValue,
    operation,
    variableValues,
  }: Pick<ValidatedExecutionArgs, 'rootValue' | 'operation' | 'variableValues'>,
  context: Context,
  execute: Execute,
): Promise<ExecutionResult> {
  const { viewer } = context;
  if (!viewer || typeof rootValue !== 'object' || rootValue === null) return execute(context);
  const kept = keptOf(rootValue, operation, keyOf(variableValues));
  // By index: others may be added while one is waited for.
  for (let at = 0; at < kept.length; at++) {
    const { reads, result } = kept[at] as Kept;
    const shared = await result;
    if (shared && reads.fits(viewer)) return shared;
  }
  if (kept.length >= mostKept) return execute(context);
  const reads = noteReads(viewer);
  const result = Promise.resolve(execute({ ...context, viewer: reads.viewer, live: null }));
  kept.push({ reads, result: result.then(withoutErrors, () => null) });
  return result;
}

const withoutErrors = (result: ExecutionResult) => (result.errors ? null : result);

function keptOf(event: object, operation: object, variables: string): Kept[] {
  const ofEvent = results.get(event) ?? new Map<object, Map<string, Kept[]>>();
  results.set(event, ofEvent);
  const ofOperation = ofEvent.get(operation) ?? new Map<string, Kept[]>();
  ofEvent.set(operation, ofOperation);
  const kept = ofOperation.get(variables) ?? [];
  ofOperation.set(variables, kept);
  return kept;
}

/** The same for the whole life of a subscription. */
const keys = new WeakMap<object, string>();

function keyOf(variableValues: ValidatedExecutionArgs['variableValues']): string {
  const known = keys.get(variableValues);
  if (known !== undefined) return known;
  const key = JSON.stringify(variableValues.coerced, (_name, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );
  keys.set(variableValues, key);
  return key;
}
