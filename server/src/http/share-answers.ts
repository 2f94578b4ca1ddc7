import {
  getOperationAST,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { namesEtag } from './answers.ts';
import type { SharedAnswer, SharedAnswers } from './shared-answers.ts';

/** How long a browser and whatever lies before the server may give an answer without asking. */
const cacheControl = 'public, max-age=10';

/**
 * Gives what is the same for everybody from what is kept, over every transport; over HTTP, asked by GET, such that
 * browsers and proxies can keep it as well.
 */
export function shareAnswers(answers: SharedAnswers): Plugin {
  const given = new WeakMap<Request, SharedAnswer>();
  // Yoga keeps documents.
  const shareable = new WeakMap<DocumentNode, Map<string, boolean>>();
  const isShareable = ({ schema, document, operationName }: ExecutionArgs) => {
    const known = shareable.get(document) ?? new Map<string, boolean>();
    shareable.set(document, known);
    const name = operationName ?? '';
    const answer = known.get(name) ?? onlyShared(schema, document, operationName ?? null);
    known.set(name, answer);
    return answer;
  };
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const key = isShareable(args) ? keyOf(args) : null;
      if (key === null) return;
      setExecuteFn(async (execution: ExecutionArgs): Promise<ExecutionResult> => {
        const execute = async () => (await executeFn(execution)) as ExecutionResult;
        const { request } = execution.contextValue as { request?: Request };
        let own: ExecutionResult | undefined;
        const answer = await answers.answer(key, async () => {
          const sources = new Set<string>();
          Object.assign(execution.contextValue as object, { sources });
          own = await execute();
          return { result: own, sources };
        });
        if (answer && request) given.set(request, answer);
        return answer?.result ?? own ?? execute();
      });
    },
    onResponse({ request, response, setResponse, fetchAPI }) {
      const answer = given.get(request);
      if (!answer || request.method !== 'GET' || response.status !== 200) return;
      response.headers.set('Cache-Control', cacheControl);
      response.headers.set('ETag', answer.etag);
      // Origin too: this header takes the place of the one that was set when the origin was looked at.
      response.headers.append('Vary', 'Accept, Origin');
      if (!namesEtag(request.headers.get('if-none-match'), answer.etag)) return;
      const { headers } = response;
      headers.delete('Content-Length');
      headers.delete('Content-Type');
      setResponse(new fetchAPI.Response(null, { status: 304, headers }));
    },
  };
}

/** Null for what has no key: values nested deeper than can be written again, which a client may have sent. */
function keyOf({ document, operationName, variableValues }: ExecutionArgs): string | null {
  const text = document.loc?.source.body;
  if (text === undefined) return null;
  try {
    return JSON.stringify([text, operationName ?? null, variableValues ?? {}]);
  } catch {
    return null;
  }
}

/** True for a query of nothing but fields that say by an extension that it makes no difference who asks. */
function onlyShared(schema: GraphQLSchema, document: DocumentNode, operationName: string | null): boolean {
  const operation = getOperationAST(document, operationName);
  const fields = schema.getQueryType()?.getFields();
  if (!operation || operation.operation !== OperationTypeNode.QUERY || !fields) return false;
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
  const isShared = (set: SelectionSetNode): boolean =>
    set.selections.every((part) => {
      if (part.kind === Kind.FIELD) return fields[part.name.value]?.extensions['shared'] === true;
      if (part.kind === Kind.INLINE_FRAGMENT) return isShared(part.selectionSet);
      const fragment = fragments.get(part.name.value);
      return fragment !== undefined && isShared(fragment.selectionSet);
    });
  return isShared(operation.selectionSet);
}
