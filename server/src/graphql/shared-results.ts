import type { ExecutionResult, ValidatedExecutionArgs } from 'graphql';
import type { Context } from './context.ts';
import type { Viewer } from './viewer.ts';
import { noteReads, type ViewerReads } from './viewer-reads.ts';

type Awaitable<T> = T | Promise<T>;
/** Who asks: what differs between the contexts of one event. */
export type Asker = Pick<Context, 'viewer' | 'live'>;
type Execute = (asker: Asker) => Awaitable<ExecutionResult>;

interface Kept {
  readonly reads: ViewerReads;
  /** Null for one that failed, which belongs to its own request. */
  result: Awaitable<ExecutionResult | null>;
}

/** Results of an event, by what was asked; they go when the event goes. */
const results = new WeakMap<object, Map<object, Map<string, Kept[]>>>();
/** So many groups of viewers are told apart of an event. What belongs to one viewer alone is not worth keeping. */
const mostKept = 8;

/**
 * The result of an event of a subscription: carried out once for all who ask the same and of whom the resolvers
 * would read the same. So a thousand subscribers cost little more than one, whether or not they are one account.
 * A result with errors belongs to its own request. There is nothing to wait for when the result is there, or
 * `execute` gives it at once.
 */
export function shareResult(
  event: unknown,
  { operation, variableValues }: Pick<ValidatedExecutionArgs, 'operation' | 'variableValues'>,
  asker: Asker,
  execute: Execute,
): Awaitable<ExecutionResult> {
  const { viewer } = asker;
  if (!viewer || typeof event !== 'object' || event === null) return execute(asker);
  const kept = keptOf(event, operation, keyOf(variableValues));
  // By index: others may be added while one is waited for.
  const search = (at: number): Awaitable<ExecutionResult> => {
    const known = kept[at];
    if (!known) return executeAndKeep(kept, asker, viewer, execute);
    const { reads, result } = known;
    const take = (shared: ExecutionResult | null) => (shared && reads.fits(viewer) ? shared : search(at + 1));
    return result instanceof Promise ? result.then(take) : take(result);
  };
  return search(0);
}

function executeAndKeep(
  kept: Kept[],
  asker: Asker,
  viewer: Viewer,
  execute: Execute,
): Awaitable<ExecutionResult> {
  if (kept.length >= mostKept) return execute(asker);
  const reads = noteReads(viewer);
  const result = execute({ viewer: reads.viewer, live: null });
  if (!(result instanceof Promise)) {
    kept.push({ reads, result: withoutErrors(result) });
    return result;
  }
  const entry: Kept = { reads, result: null };
  entry.result = result.then(withoutErrors, () => null).then((shared) => (entry.result = shared));
  kept.push(entry);
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
