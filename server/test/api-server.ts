import type { GraphQLSchema } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Services } from '../src/graphql/context.ts';
import { createGraphqlApi, type GraphqlApiSettings } from '../src/http/graphql-api.ts';
import { createHealth } from '../src/http/health.ts';
import { openHttpServer } from '../src/http/http-server.ts';
import { createRequestListener, createUpgradeListener, type Api } from '../src/http/request-listener.ts';
import { SharedAnswers } from '../src/http/shared-answers.ts';
import { LiveViewers } from '../src/modules/user/live-viewers.ts';
import { LoginGuard } from '../src/modules/user/login-guard.ts';
import type { Db } from '../src/platform/database.ts';
import { createLog, type Log } from '../src/platform/log.ts';
import { RecentUse } from '../src/shared/recent-use.ts';
import { schema as wholeSchema } from '../src/schema.ts';
import { testKeys } from './execute.ts';

/** What a test has of the program besides its database; what is missing fails when something asks for it. */
export interface ApiServerOptions {
  readonly db: Db;
  readonly services?: Partial<Services>;
  readonly settings?: Partial<GraphqlApiSettings>;
  /** The whole schema unless it is given. */
  readonly schema?: GraphQLSchema;
  readonly log?: Log;
  readonly errorDownload?: Api['errorDownload'];
  readonly liveViewers?: LiveViewers;
  readonly sharedAnswers?: SharedAnswers;
  readonly use?: Pick<RecentUse, 'note'>;
  /** As where only this machine can reach it; else it answers to any name. */
  readonly loopback?: boolean;
}

export interface ApiServer {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly liveViewers: LiveViewers;
  /** Sends an operation as JSON, with the access token if there is one. */
  ask<Data = Record<string, unknown>>(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    token?: string | null,
  ): Promise<Answer<Data>>;
  /** Any request to /graphql. */
  fetch(init: RequestInit, path?: string): Promise<Response>;
  /** A client of graphql-ws, which does not come back by itself. */
  connect(token?: string | null): Client;
  close(): Promise<void>;
}

export interface Answer<Data> {
  readonly status: number;
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

/** The real server with the API, on a free port of this machine. */
export async function openApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const { db, settings, schema = wholeSchema, log = createLog('silent'), loopback = false } = options;
  const liveViewers = options.liveViewers ?? new LiveViewers(db, { onError: () => undefined });
  const sharedAnswers = options.sharedAnswers ?? new SharedAnswers();
  const services = {
    catalogueNews: { announce: (id: string) => sharedAnswers.outdate(id) },
    accessNews: { announce: (userIds: readonly string[]) => void liveViewers.refreshUsers(userIds) },
    ...{ signingKeys: testKeys, loginGuard: new LoginGuard(), log, db },
    ...options.services,
  } as Services;
  const api = createGraphqlApi({
    ...{ schema, services, liveViewers, sharedAnswers, use: options.use ?? new RecentUse() },
    metrics: { observeOperation: () => undefined, subscriptionOpened: () => () => undefined },
    settings: {
      ...{ corsOrigins: [], trustedProxies: [], graphiql: true, introspection: true, timeoutMs: 30_000 },
      ...settings,
    },
  });
  const whole = { ...api, errorDownload: options.errorDownload ?? (async () => undefined) };
  const listener = createRequestListener({
    loopback,
    health: createHealth({ version: 'test', phase: () => 'ready', pingDatabase: async () => 1 }),
    findFeed: () => null,
    pages: (_request, _response, otherwise) => otherwise(),
    api: () => whole,
    metrics: async (_request, response) => void response.end(),
    log,
  });
  const http = await openHttpServer(
    { host: '127.0.0.1', port: 0 },
    listener,
    createUpgradeListener({ api: () => whole, loopback }),
  );
  const origin = `http://127.0.0.1:${http.port}`;
  const clients = new Set<Client>();
  const ask: ApiServer['ask'] = async (query, variables = {}, token = null) => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as object) };
  };
  return {
    origin,
    liveViewers,
    ask,
    fetch: (init, path = '/graphql') => fetch(origin + path, init),
    connect(token = null) {
      const client = createClient({
        url: `${origin.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: token === null ? {} : { authorization: `Bearer ${token}` },
      });
      clients.add(client);
      return client;
    },
    async close() {
      for (const client of clients) await client.dispose();
      await api.close();
      await http.close();
      if (!options.liveViewers) await liveViewers.close();
    },
  };
}
