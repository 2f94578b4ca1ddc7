import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface LoopbackServer {
  readonly port: number;
  readonly origin: string;
  /** As the setting FEED_ALLOWED_ADDRESSES opens it. */
  readonly host: string;
  /** Connections that were opened so far, whatever came of them. */
  connections(): number;
  /** Connections that are open now. */
  open(): number;
  /** Breaks off all connections, as a crash would. */
  reset(): void;
  /** Request lines and headers, one text a request. */
  readonly requests: readonly string[];
}

/** Answers the request of one connection; `number` counts them from 1. */
export type Answer = (socket: Socket, head: string, number: number) => void;

/** A bare TCP server on 127.0.0.1 that answers however badly a test wants, and ends with the test. */
export async function startLoopbackServer(answer: Answer): Promise<LoopbackServer> {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined); // The other side may leave whenever it likes.
    let head = '';
    socket.on('data', (chunk) => {
      if (head.endsWith('\r\n\r\n')) return;
      head += chunk.toString('latin1');
      if (head.endsWith('\r\n\r\n')) answer(socket, head, requests.push(head));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  return {
    port,
    host,
    origin: `http://${host}`,
    connections: () => connections,
    open: () => sockets.size,
    reset: () => sockets.forEach((socket) => socket.resetAndDestroy()),
    requests,
  };
}

/** A whole HTTP response. Without a `Content-Length` of its own it has the right one. */
export function httpResponse(
  status: number,
  body: string | Buffer = '',
  headers: Readonly<Record<string, string>> = {},
): Buffer {
  const bytes = Buffer.from(body);
  const lines = Object.entries({ 'Content-Length': String(bytes.length), ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Status\r\n${head}\r\n`, 'latin1'), bytes]);
}

/** A server that gives the same answer to everybody. */
export async function startFixedServer(response: Buffer): Promise<LoopbackServer> {
  return startLoopbackServer((socket) => socket.end(response));
}

/** Writes the same bytes for ever, as fast as the other side takes them. */
export function pour(socket: Socket, bytes: Buffer): void {
  const more = () => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on('drain', more);
  more();
}
