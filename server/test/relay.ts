import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A way to a server of this machine that can be cut, and opened again at the same port. */
export interface Relay {
  readonly port: number;
  /** Breaks off what is connected, and takes no more. */
  stop(): Promise<void>;
  start(): Promise<unknown>;
}

/** To the server at that port; it ends with the test. */
export async function openRelay(target: number): Promise<Relay> {
  const sockets = new Set<Socket>();
  const relay = createServer((socket) => {
    const server = connect(target, '127.0.0.1');
    for (const each of [socket, server]) sockets.add(each.on('error', () => undefined));
    socket.pipe(server).pipe(socket);
  });
  const listen = async (port: number) => {
    relay.listen(port, '127.0.0.1');
    await once(relay, 'listening');
    return (relay.address() as AddressInfo).port;
  };
  const port = await listen(0);
  const stop = async () => {
    if (!relay.listening) return;
    relay.close();
    for (const socket of sockets) socket.destroy();
    await once(relay, 'close');
  };
  onTestFinished(() => stop());
  return { port, stop, start: () => listen(port) };
}
