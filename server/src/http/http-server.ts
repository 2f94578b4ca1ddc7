import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { isOurs } from './ask-health.ts';

export interface HttpServer {
  /** The port that it really has. */
  readonly port: number;
  /** Lets answers under way finish, for a few seconds, and resolves when every connection is closed. Twice is once. */
  close(): Promise<void>;
}

/** The server cannot listen there. The message is for the person at the terminal. */
export class ListenError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ListenError';
  }
}

interface Address {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
}

/** Takes over the connection of a request that wants to speak another protocol. */
export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

const graceMs = 5_000;

/** A server that listens at the address. Throws ListenError. */
export async function openHttpServer(
  address: Address,
  listener: RequestListener,
  upgrade?: UpgradeListener,
): Promise<HttpServer> {
  let closing: Promise<void> | undefined;
  // What offers another protocol that we do not speak (h2c: curl --http2, Java) goes on in this one (RFC 9110 7.8).
  const shouldUpgradeCallback = ({ headers }: IncomingMessage) =>
    upgrade !== undefined && headers.upgrade?.toLowerCase() === 'websocket';
  const server = createServer({ shouldUpgradeCallback }, (request, response) => {
    if (closing) response.setHeader('Connection', 'close');
    // Of a connection that is kept alive only the answer under way is waited for.
    response.on('close', () => closing && server.closeIdleConnections());
    toOriginForm(request);
    listener(request, response);
  });
  const upgraded = new Set<Duplex>();
  if (upgrade) {
    server.on('upgrade', (request, socket, head) => {
      upgraded.add(socket);
      socket.once('close', () => upgraded.delete(socket));
      toOriginForm(request);
      upgrade(request, socket, head);
    });
  }
  await new Promise<void>((settle, fail) => {
    server.once('error', (error) => void explain(error, address).then(fail));
    server.listen({ ...address }, settle);
  });
  const close = () =>
    new Promise<void>((settle) => {
      const grace = setTimeout(() => {
        server.closeAllConnections();
        // It leaves these out, and `server.close` waits for them all the same.
        for (const socket of upgraded) socket.destroy();
      }, graceMs);
      server.close(() => {
        clearTimeout(grace);
        settle();
      });
      server.closeIdleConnections();
    });
  return { port: (server.address() as AddressInfo).port, close: () => (closing ??= close()) };
}

/** Some write the whole address, as to a proxy: its host counts then, and not that of the header (RFC 9112 3.2.2). */
function toOriginForm(request: IncomingMessage): void {
  const [, host, target] = /^https?:\/\/([^/?#]+)(.*)$/i.exec(request.url ?? '') ?? [];
  if (host === undefined || target === undefined) return;
  request.headers.host = host;
  request.url = target.startsWith('/') ? target : `/${target}`;
}

async function explain(error: NodeJS.ErrnoException, { host, port }: Address): Promise<Error> {
  const origin = originFromHere(host, port);
  const sentence =
    error.code === 'EADDRINUSE' && (await isOurs(origin))
      ? `This server runs already: ${origin}. A second one needs another port: PORT=${port + 1} pnpm start`
      : sentences[error.code ?? '']?.(host, port);
  return sentence === undefined ? error : new ListenError(sentence, { cause: error });
}

/** All addresses of a machine are none to connect to. */
const connectable: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

function originFromHere(host: string, port: number): string {
  const name = connectable[host] ?? host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

const sentences: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) =>
    `Port ${port} of ${host} is taken: another program has it. Choose another port: PORT=${port + 1} pnpm start`,
  EACCES: (_host, port) =>
    `Port ${port} needs rights that this user does not have. Choose one above 1023: PORT=4000 pnpm start`,
  EADDRNOTAVAIL: (host) => `HOST is ${host}, which is no address of this machine.`,
  ENOTFOUND: (host) => `HOST is ${host}, which no server is known by.`,
};
