import type { GraphQLSchema } from 'graphql';
import type { Services } from '../graphql/context.ts';
import { authenticate } from '../modules/user/authenticate.ts';
import type { LiveViewers } from '../modules/user/live-viewers.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { RecentUse } from '../shared/recent-use.ts';
import type { Access } from './caller.ts';
import { createClientAddresses } from './client-address.ts';
import { cookiesOf } from './cookies.ts';
import { createGraphiql } from './graphiql.ts';
import { createGraphqlEndpoint, type GraphqlEndpoint } from './graphql-endpoint.ts';
import type { UpgradeListener } from './http-server.ts';
import { measureOperations } from './measuring.ts';
import { noteUse } from './noting-use.ts';
import { OpenStreams } from './open-streams.ts';
import { createOrigins } from './origins.ts';
import { shareAnswers } from './share-answers.ts';
import type { SharedAnswers } from './shared-answers.ts';
import { defaultSocketLimits, openGraphqlSockets, type SocketLimits } from './websocket.ts';
import { createGraphqlYoga } from './yoga.ts';

export interface GraphqlApiSettings {
  /** Origins of other sites' pages that may use the API. */
  readonly corsOrigins: readonly string[];
  /** Addresses and ranges of proxies that say for whom they ask. */
  readonly trustedProxies: readonly string[];
  readonly graphiql: boolean;
  readonly introspection: boolean;
  /** Longest time of an operation that is no subscription. */
  readonly timeoutMs: number;
  readonly limits?: Partial<SocketLimits>;
}

interface Options {
  readonly schema: GraphQLSchema;
  readonly services: Services;
  readonly liveViewers: LiveViewers;
  readonly metrics: Pick<Metrics, 'observeOperation' | 'subscriptionOpened'>;
  /** Where answers that are the same for everybody are kept. */
  readonly sharedAnswers: SharedAnswers;
  /** Told of every operation that is carried out. */
  readonly use: Pick<RecentUse, 'note'>;
  readonly settings: GraphqlApiSettings;
}

export interface GraphqlApi {
  readonly graphql: GraphqlEndpoint;
  readonly upgrade: UpgradeListener;
  /** Ends everything that has no end of its own, such that clients come back to whoever is there then. */
  close(): Promise<void>;
}

/** The schema over HTTP, server-sent events and WebSocket, all with the same guards. */
export function createGraphqlApi(options: Options): GraphqlApi {
  const { schema, services, liveViewers, metrics, sharedAnswers, use, settings } = options;
  const { log } = services;
  const limits = { ...defaultSocketLimits, ...settings.limits };
  const addresses = createClientAddresses(settings.trustedProxies);
  const origins = createOrigins(settings.corsOrigins);
  const streams = new OpenStreams(limits.socketsPerAddress);
  const access: Access = {
    authenticate: (authorization) => authenticate(services.db, services.signingKeys, authorization),
    watch: (viewer) => liveViewers.open(viewer),
    contextOf: ({ requestId, viewer, address, exchange }, live) => ({
      ...services,
      log: log.child({ requestId }),
      viewer,
      requestId,
      clientAddress: address,
      cookies:
        exchange && cookiesOf(exchange.request, exchange.response, addresses.isSecure(exchange.request)),
      live,
    }),
  };
  const { introspection, timeoutMs } = settings;
  const yoga = createGraphqlYoga({
    ...{ schema, access, streams, log },
    guards: { introspection, timeoutMs },
    // What is given from what is kept is not carried out.
    plugins: [noteUse(use), shareAnswers(sharedAnswers), measureOperations(metrics)],
  });
  const sockets = openGraphqlSockets({ yoga, access, log, limits, origins, addresses });
  const graphiql = settings.graphiql ? createGraphiql() : null;
  return {
    graphql: createGraphqlEndpoint({ yoga, access, origins, addresses, graphiql }),
    upgrade: (request, socket, head) => sockets.upgrade(request, socket, head),
    async close() {
      streams.close();
      await sockets.close();
    },
  };
}
