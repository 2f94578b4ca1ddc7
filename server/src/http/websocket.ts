import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { CloseCode, handleProtocols, makeServer, type Context as SocketContext } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Context } from '../graphql/context.ts';
import { fault } from '../graphql/errors.ts';
import { queryLimits } from '../graphql/limits.ts';
import type { LiveViewer } from '../modules/user/live-viewers.ts';
import type { Log } from '../platform/log.ts';
import { AddressCount } from './address-count.ts';
import type { Access, Caller } from './caller.ts';
import type { ClientAddresses } from './client-address.ts';
import { maskErrors } from './mask-errors.ts';
import type { Origins } from './origins.ts';
import { resultMessage } from './result-message.ts';
import { attachSocket } from './socket-link.ts';
import { SocketOperation } from './socket-operation.ts';
import type { GraphqlYoga } from './yoga.ts';

export interface SocketLimits {
  /** Sockets that one address may have open. */
  readonly socketsPerAddress: number;
  /** Operations that may be under way on one socket. */
  readonly operationsPerSocket: number;
  /** Largest message that is taken, in bytes. */
  readonly messageBytes: number;
  /** What may wait for a client that does not read, in bytes, before it is given up. */
  readonly waitingBytes: number;
  /** How long a client may take to say who it is. */
  readonly initMs: number;
  /** How often a client has to answer a ping. */
  readonly pingMs: number;
}

export const defaultSocketLimits: SocketLimits = {
  socketsPerAddress: 500,
  operationsPerSocket: 50,
  messageBytes: 1_000_000,
  waitingBytes: 2_000_000,
  initMs: 10_000,
  pingMs: 12_000,
};

interface Options {
  readonly yoga: GraphqlYoga;
  readonly access: Access;
  readonly log: Log;
  readonly limits: SocketLimits;
  readonly origins: Origins;
  readonly addresses: ClientAddresses;
}

export interface GraphqlSockets {
  /** Takes a request to upgrade, or refuses it with a status. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Asks clients to come back to another server, and leaves them a second to hear it. */
  close(): Promise<void>;
}

/** What a socket knows from its beginning to its end. */
interface Extra {
  readonly address: string;
  readonly socket: WebSocket;
  /** Sends a text, and gives up a client that has not read too much. */
  readonly send: (text: string) => void;
  /** Held while the socket is open: it outlives its access token, not its session. */
  live: LiveViewer | null;
  /** Operations that the client has ended, while something is still at work for them. */
  readonly lingering: Set<SocketOperation>;
}

type Socket = SocketContext<Record<string, unknown>, Extra>;

/** Leaves a client time to hear why it is sent away. */
const goodbyeMs = 1_000;

/** GraphQL over WebSocket, as graphql-ws has it, with what Yoga does for HTTP. */
export function openGraphqlSockets(options: Options): GraphqlSockets {
  const { limits, log, origins, addresses } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    perMessageDeflate: false,
    handleProtocols,
  });
  const open = new AddressCount(limits.socketsPerAddress);
  const protocol = createProtocol(options);

  const accept = (socket: WebSocket, address: string) => {
    const send = (text: string) => {
      if (socket.bufferedAmount > limits.waitingBytes) socket.terminate();
      else socket.send(text);
    };
    const extra: Extra = { address, socket, send, live: null, lingering: new Set() };
    socket.once('close', () => {
      open.remove(address);
      extra.live?.close();
    });
    attachSocket(socket, { protocol, extra, pingMs: limits.pingMs, log });
  };

  return {
    upgrade(request, socket, head) {
      const address = addresses.addressOf(request);
      if (!origins.allows(request)) return refuseUpgrade(socket, '403 Forbidden');
      if (!open.add(address)) return refuseUpgrade(socket, '429 Too Many Requests');
      let opened = false;
      socket.once('close', () => opened || open.remove(address));
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        opened = true;
        accept(webSocket, address);
      });
    },
    async close() {
      // Whoever comes from now on is refused with 503.
      const closed = new Promise((settle) => sockets.close(settle));
      // Clients of graphql-ws connect again after 1012, Service Restart (RFC 6455 7.4.2, IANA's registry).
      for (const socket of sockets.clients) socket.close(1012, 'Service restart');
      const goodbye = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, goodbyeMs);
      await closed;
      clearTimeout(goodbye);
    },
  };
}

/** Answers a request to upgrade with a status, such as `404 Not Found`. */
export function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => undefined);
  // No limit of time is set to a socket here: a client that keeps its side open would hold it for ever.
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function createProtocol({ yoga, access, log, limits }: Options) {
  const masked = (
    errors: readonly GraphQLError[],
    operationName: string | null | undefined,
    requestId: string = randomUUID(),
  ) => {
    const place = { requestId, operationName: operationName ?? null, log };
    return maskErrors(errors, place).map((error) => {
      // Only HTTP has a use for it.
      const { http, ...extensions } = error.extensions;
      return { ...error.toJSON(), ...(http ? { extensions } : {}) };
    });
  };
  return makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: limits.initMs,
    async onConnect(socket) {
      const { extra, connectionParams } = socket;
      // As large as a message may be, for as long as the socket is open, and of use here only.
      Object.assign(socket, { connectionParams: undefined });
      try {
        const viewer = await access.authenticate(authorizationOf(connectionParams));
        if (viewer) holdSession(extra, access.watch(viewer));
        return true;
      } catch (error) {
        if (error instanceof GraphQLError) return false;
        throw error;
      }
    },
    async onSubscribe(socket, id, payload) {
      const { query, variables, operationName } = payload;
      const { lingering } = socket.extra;
      // This one counts already.
      if (Object.keys(socket.subscriptions).length + lingering.size > limits.operationsPerSocket) {
        return [fault('TOO_MANY_SUBSCRIPTIONS')];
      }
      const work = new SocketOperation(lingering);
      socket.subscriptions[id] = work;
      const requestId = randomUUID();
      const params = { query, variables: variables ?? {}, operationName: operationName ?? undefined };
      const deliver = (result: ExecutionResult) => {
        if (result.errors) return false;
        socket.extra.send(resultMessage(id, result));
        return true;
      };
      const identify = async (): Promise<Caller> => ({ ...callerOf(socket), requestId, deliver, work });
      const enveloped = yoga.getEnveloped({ requestId, identify, params });
      try {
        const document = enveloped.parse(query) as DocumentNode;
        const lasts = getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION;
        if (lasts && lengthOf(payload) > queryLimits.subscriptionCharacters)
          return [fault('SUBSCRIPTION_TOO_LARGE')];
        const schema = enveloped.schema as GraphQLSchema;
        const errors = enveloped.validate(schema, document) as readonly GraphQLError[];
        if (errors.length > 0) return errors;
        return {
          schema,
          document,
          operationName,
          variableValues: variables,
          contextValue: await enveloped.contextFactory(),
          rootValue: { execute: enveloped.execute, subscribe: enveloped.subscribe, work },
        };
      } catch (error) {
        return [error instanceof GraphQLError ? error : new GraphQLError('', { cause: error })];
      }
    },
    execute: (args) => carryOut(args, 'execute'),
    subscribe: (args) => carryOut(args, 'subscribe'),
    onNext: (_socket, _id, { operationName }, { contextValue }, result) =>
      result.errors && {
        ...result,
        errors: masked(result.errors, operationName, (contextValue as Context | undefined)?.requestId),
      },
    onError: (_socket, _id, { operationName }, errors) => masked(errors, operationName),
  });
}

/** What `getEnveloped` gave for the operation. */
interface PreparedArgs {
  readonly rootValue: {
    readonly execute: (args: ExecutionArgs) => Promise<never>;
    readonly subscribe: (args: ExecutionArgs) => Promise<never>;
    readonly work: SocketOperation;
  };
}

async function carryOut(args: ExecutionArgs, kind: 'execute' | 'subscribe') {
  const { rootValue } = args as ExecutionArgs & PreparedArgs;
  const release = rootValue.work.hold();
  try {
    return await rootValue[kind](args);
  } finally {
    release();
  }
}

/** Of the value as json; without end for one that is nested too deep to be written again. */
function lengthOf(value: object): number {
  try {
    return JSON.stringify(value).length;
  } catch {
    return Infinity;
  }
}

/** As the header or as a parameter is called: tools write either. */
function authorizationOf(params: Readonly<Record<string, unknown>> | undefined): string | null {
  const given = params?.['authorization'] ?? params?.['Authorization'];
  if (given === undefined || given === null) return null;
  if (typeof given !== 'string') throw fault('UNAUTHENTICATED');
  return given;
}

function holdSession(extra: Extra, live: LiveViewer): void {
  extra.live = live;
  const { socket } = extra;
  if (socket.readyState !== socket.OPEN) return live.close();
  // Its subscriptions have ended with a word of their own. Coming back with the same token would be no use.
  const end = () => void setImmediate(() => socket.close(CloseCode.Unauthorized, 'The session has ended'));
  if (live.ended.aborted) end();
  else live.ended.addEventListener('abort', end, { once: true });
}

function callerOf({ extra: { live, address } }: Socket): Pick<Caller, 'viewer' | 'address' | 'exchange'> {
  const viewer = live && live.current();
  if (live && !viewer) throw fault('UNAUTHENTICATED');
  return { viewer, address, exchange: null };
}
