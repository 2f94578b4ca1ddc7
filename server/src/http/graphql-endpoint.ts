import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { answerJson } from './answers.ts';
import type { Access } from './caller.ts';
import type { ClientAddresses } from './client-address.ts';
import type { GraphiqlPage } from './graphiql.ts';
import { BodyError, readBody } from './guards/read-body.ts';
import { addressFault } from './guards/request-address.ts';
import type { Origins } from './origins.ts';
import type { GraphqlYoga } from './yoga.ts';

interface Options {
  readonly yoga: GraphqlYoga;
  readonly access: Access;
  readonly origins: Origins;
  readonly addresses: ClientAddresses;
  /** Null where there is none. */
  readonly graphiql: GraphiqlPage | null;
}

/** Answers a request to the GraphQL address. */
export type GraphqlEndpoint = (
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
) => Promise<void>;

const largestBody = 1_000_000;

/**
 * What a page of another origin can send without asking the browser first (Fetch standard, 4.8) has none of these,
 * so that no form and no link acts for somebody who is signed in.
 */
const contentTypes = /^application\/(json|graphql\+json|graphql|graphql-response\+json)\s*(;|$)/i;
const notJson = 'Send the operation as application/json.';

/** GraphQL over HTTP, with GraphiQL for whoever comes with a browser. */
export function createGraphqlEndpoint(options: Options): GraphqlEndpoint {
  const { yoga, access, origins, addresses, graphiql } = options;
  const identify = (request: IncomingMessage, response: ServerResponse, requestId: string) => {
    // The database looks for them while Yoga looks at the operation.
    const viewer = access.authenticate(request.headers.authorization ?? null);
    // It is awaited by what comes to be carried out, and by nothing else.
    viewer.catch(() => undefined);
    return async () => ({
      requestId,
      viewer: await viewer,
      address: addresses.addressOf(request),
      exchange: { request, response },
      deliver: null,
      work: null,
    });
  };
  return async (request, response, requestId) => {
    if (origins.answer(request, response)) return;
    if (graphiql && asksForPage(request)) return graphiql(request, response);
    response.setHeader('Cache-Control', 'no-store');
    const fault = addressFault(request);
    if (fault) return refuseOperation(request, response, fault);
    if (request.method === 'POST') {
      if (!contentTypes.test(request.headers['content-type'] ?? '')) {
        return refuseOperation(request, response, new BodyError(415, 'CONTENT_TYPE_NOT_SUPPORTED', notJson));
      }
      if (!(await takeBody(request, response))) return;
    }
    await yoga.handle(request, response, {
      requestId,
      identify: identify(request, response, requestId),
    });
  };
}

/** Also with a query in its address, which GraphiQL then shows. */
const asksForPage = ({ method, headers: { accept = '' } }: IncomingMessage) =>
  method === 'GET' && accept.includes('text/html');

/** Puts the body where Yoga finds it; false when it was refused. */
async function takeBody(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  try {
    const body = await readBody(request, largestBody);
    Object.assign(request, { body: Readable.from([body]) });
    return true;
  } catch (error) {
    if (!(error instanceof BodyError)) throw error;
    // What is still on its way is not read.
    response.once('finish', () => request.destroy());
    refuseOperation(request, response, error);
    return false;
  }
}

type Refusal = Pick<BodyError, 'status' | 'code' | 'message'>;

/** In the form of GraphQL's own answers, so that clients look in one place. */
function refuseOperation(request: IncomingMessage, response: ServerResponse, error: Refusal): void {
  const { status, code, message } = error;
  const errors = [{ message, extensions: { code } }];
  answerJson(request, response, status, { errors }, { Connection: 'close' });
}
