import { once } from 'node:events';
import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { expect, onTestFinished } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import type { SocketLimits } from '../src/http/websocket.ts';
import { openApiServer, type ApiServerOptions } from './api-server.ts';

/** Texts for as long as somebody reads them. */
async function* talk(size: number) {
  for (;;) yield { talk: 'x'.repeat(size) };
}

async function* silence() {
  await new Promise(() => undefined);
  yield {};
}

/** What the field `slow` waits for. */
export const slow: PromiseWithResolvers<string>[] = [];
/** Those that the field `untilLeft` was given. */
export const signals: AbortSignal[] = [];

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      never: { type: GraphQLString, resolve: () => new Promise(() => undefined) },
      slow: {
        type: GraphQLString,
        resolve: () => {
          const work = Promise.withResolvers<string>();
          slow.push(work);
          return work.promise;
        },
      },
      untilLeft: {
        type: GraphQLString,
        resolve: (_root, _args, _context, info) => {
          const signal = info.getAbortSignal();
          if (signal) signals.push(signal);
          return new Promise(() => undefined);
        },
      },
      echo: { type: GraphQLInt, args: { n: { type: new GraphQLNonNull(GraphQLInt) } }, resolve: () => 1 },
      bug: { type: GraphQLString, resolve: () => Promise.reject(new Error('the password is x')) },
    },
  }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      talk: { type: GraphQLString, subscribe: () => talk(100_000) },
      silence: { type: GraphQLString, subscribe: () => silence() },
    },
  }),
});

/** A server of this schema, and how its sockets are opened; all end with the test. */
export async function openSockets(
  limits: Partial<SocketLimits> = {},
  options: Partial<ApiServerOptions> = {},
) {
  const server = await openApiServer({
    db: {} as never,
    schema,
    ...options,
    settings: { ...options.settings, limits },
  });
  onTestFinished(() => server.close());
  const connectTo = (path = '/graphql', more: ClientOptions = {}, protocols = ['graphql-transport-ws']) => {
    const socket = new WebSocket(server.origin.replace('http', 'ws') + path, protocols, more);
    onTestFinished(() => socket.terminate());
    return socket;
  };
  /** An open socket that has been let in. */
  const enter = async () => {
    const socket = connectTo();
    await once(socket, 'open');
    send(socket, { type: 'connection_init' });
    expect(await next(socket)).toEqual({ type: 'connection_ack' });
    return socket;
  };
  return { server, connectTo, enter };
}

export const send = (socket: WebSocket, message: object) => socket.send(JSON.stringify(message));
export const subscribe = (socket: WebSocket, id: string, query: string) =>
  send(socket, { id, type: 'subscribe', payload: { query } });

export async function next(socket: WebSocket): Promise<unknown> {
  const [message] = (await once(socket, 'message')) as [Buffer];
  return JSON.parse(message.toString());
}

/** Asks, and waits for the answer. */
export async function ping(socket: WebSocket) {
  socket.ping();
  await once(socket, 'pong');
}

export const closeOf = async (socket: WebSocket) => ((await once(socket, 'close')) as [number])[0];
export const errorOf = async (socket: WebSocket) => ((await once(socket, 'error')) as [Error])[0].message;
