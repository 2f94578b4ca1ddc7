import { complexityFromQuery } from '@pothos/plugin-complexity';
import {
  execute,
  getOperationAST,
  GraphQLError,
  Kind,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
  type Source,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { fault } from '../../graphql/errors.ts';
import { queryLimits } from '../../graphql/limits.ts';
import type { Caller, Work } from '../caller.ts';
import { hasMoreTokens, measureDocument, type DocumentSize } from './document-size.ts';

export interface GuardOptions {
  /** Whether everybody may ask for the schema. */
  readonly introspection: boolean;
  /** Longest time that an operation may take; a subscription has no end. */
  readonly timeoutMs: number;
}

/**
 * Refuses what asks for too much, over HTTP and over a socket alike, before anything is resolved: see
 * `queryLimits`. Ends what takes too long.
 */
export function guardQueries({ introspection, timeoutMs }: GuardOptions): Plugin {
  // What a document asks for never changes, and Yoga keeps documents.
  const refusals = new WeakMap<DocumentNode, GraphQLError | null>();
  return {
    onRequestParse: () => ({
      onRequestParseDone({ requestParserResult }) {
        if (Array.isArray(requestParserResult)) throw fault('BATCHING_NOT_SUPPORTED');
      },
    }),
    onParse({ parseFn, setParseFn }) {
      setParseFn((source: string | Source, options: unknown) => {
        const text = typeof source === 'string' ? source : source.body;
        if (text.length > queryLimits.characters || hasMoreTokens(text, queryLimits.tokens)) {
          throw fault('QUERY_TOO_LONG');
        }
        return parseFn(source, options) as DocumentNode;
      });
    },
    onValidate({ params, setResult }) {
      // Envelop leaves it untyped.
      const documentAST = params.documentAST as DocumentNode;
      let refusal = refusals.get(documentAST);
      if (refusal === undefined) {
        refusal = refusalOf(measureDocument(documentAST), introspection);
        refusals.set(documentAST, refusal);
      }
      // Validation itself takes time that grows with the square of some of these.
      if (refusal) setResult([refusal]);
    },
    onExecute({ args, setExecuteFn, setResultAndStopExecution }) {
      const refusal = complexityRefusal(args);
      if (refusal) return setResultAndStopExecution({ errors: [refusal] });
      Object.assign(args.contextValue, { measured: true });
      setExecuteFn((execution: ExecutionArgs) => withTimeout(execution, timeoutMs));
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const refusal = complexityRefusal(args);
      if (refusal) setResultAndStopExecution({ errors: [refusal] });
    },
  };
}

/** Why the document is refused, or null. */
function refusalOf(size: DocumentSize, introspection: boolean) {
  if (size.depth > queryLimits.depth) return fault('QUERY_TOO_DEEP');
  if (size.aliases > queryLimits.aliases) return fault('TOO_MANY_ALIASES');
  if (size.directives > queryLimits.directives) return fault('TOO_MANY_DIRECTIVES');
  if (size.rootFields > queryLimits.rootFields) return fault('TOO_MANY_ROOT_FIELDS');
  if (size.writtenFields > queryLimits.writtenFields || size.fields > queryLimits.fields)
    return fault('TOO_MANY_FIELDS');
  if (size.introspects && !introspection) return fault('INTROSPECTION_OFF');
  return null;
}

interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | null;
  readonly variableValues?: Readonly<Record<string, unknown>> | null;
  readonly contextValue?: unknown;
}

/** Lists multiply, so their sizes must be known, which only the variables may tell. */
function complexityRefusal(operation: Operation): GraphQLError | null {
  const { document, schema, operationName, variableValues, contextValue } = operation;
  const chosen = getOperationAST(document, operationName);
  if (!chosen) return null;
  const definitions = document.definitions.filter(
    (definition) => definition.kind !== Kind.OPERATION_DEFINITION || definition === chosen,
  );
  try {
    const { complexity } = complexityFromQuery(
      { ...document, definitions },
      { schema, variables: { ...variableValues }, ctx: contextValue as object },
    );
    return complexity <= queryLimits.complexity ? null : fault('QUERY_TOO_COMPLEX');
  } catch (error) {
    // Variables or arguments that do not fit. What cannot be measured is not carried out, not even the rest of it.
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

async function withTimeout(args: ExecutionArgs, timeoutMs: number) {
  const { request, caller } = args.contextValue as { readonly request?: Request; readonly caller?: Caller };
  const left = caller?.work?.left ?? request?.signal;
  const givenUp = { errors: [fault('TIMEOUT')] };
  if (left?.aborted) return givenUp;
  const giveUp = new AbortController();
  const late = Promise.withResolvers<typeof givenUp>();
  const end = () => {
    late.resolve(givenUp);
    // Resolvers that have begun go on; no further one begins.
    giveUp.abort();
  };
  const timer = setTimeout(end, timeoutMs);
  // Whoever asked has left: nobody hears of it, and it is no fault of ours.
  left?.addEventListener('abort', end, { once: true });
  const result = Promise.resolve(executeHeld({ ...args, abortSignal: giveUp.signal }, caller?.work ?? null));
  // After a timeout nobody waits for this one any more.
  result.catch(() => undefined);
  return Promise.race([result, late.promise]).finally(() => clearTimeout(timer));
}

/** The result, which an abort brings at once; the work is held until every resolver has ended. */
function executeHeld(args: ExecutionArgs, work: Work | null) {
  if (!work) return execute(args);
  const release = work.hold();
  const result = execute({ ...args, hooks: { asyncWorkFinished: release } });
  // What is refused for its variables has no work that could finish.
  if (!(result instanceof Promise)) release();
  return result;
}
