import type { DocumentNode, GraphQLSchema } from 'graphql';
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import type { Log } from '../platform/log.ts';
import type { Access, Caller } from './caller.ts';
import { guardQueries, type GuardOptions } from './guards/query-guards.ts';
import { maskAnswers } from './mask-answers.ts';
import type { OpenStreams } from './open-streams.ts';
import { subscribeWith } from './subscribing.ts';

export interface YogaOptions {
  readonly schema: GraphQLSchema;
  readonly access: Access;
  readonly guards: GuardOptions;
  readonly streams: OpenStreams;
  readonly log: Log;
  /** Further ones, such as one that measures. */
  readonly plugins?: readonly Plugin[];
}

/** What both transports give an operation. */
export interface ServerContext {
  readonly requestId: string;
  /** Who asks; throws UNAUTHENTICATED when their token is refused. */
  readonly identify: () => Promise<Caller>;
}

export type GraphqlYoga = YogaServerInstance<ServerContext, object>;

export const graphqlPath = '/graphql';
/** Of all documents that are kept parsed; one takes up to 200 bytes a character. */
const keptCharacters = 400_000;

/** Keeps what was used last by its text, as long as all texts together are short enough. */
const keepByText = <Value extends object>() =>
  new LRUCache<string, Value>({
    maxSize: keptCharacters,
    sizeCalculation: (_value, text) => Math.max(text.length, 1),
  });

/** GraphQL over HTTP, and what sockets share with it: guards, contexts, plugins. */
export function createGraphqlYoga(options: YogaOptions): GraphqlYoga {
  const { schema, access, guards, streams, log, plugins = [] } = options;
  return createYoga<ServerContext, object>({
    schema,
    graphqlEndpoint: graphqlPath,
    plugins: [guardQueries(guards), subscribeWith(access, streams), maskAnswers(log), ...plugins],
    context: async ({ identify }) => {
      const caller = await identify();
      return { ...access.contextOf(caller, null), caller };
    },
    parserAndValidationCache: {
      documentCache: keepByText<DocumentNode>(),
      errorCache: keepByText<Error>(),
    },
    // `maskAnswers` does it, and knows the request.
    maskedErrors: false,
    // All done before Yoga sees the request.
    maxRequestBodySize: false,
    cors: false,
    graphiql: false,
    // What cannot be had here.
    multipart: false,
    landingPage: false,
    logging: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  });
}

const ignore = () => undefined;
