import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a database on which connections can get lost without a word to either side. */
export interface ForgetfulWay {
  /** The address of the database by this way. */
  readonly url: string;
  /** Nothing passes any more on the connections that are open now. */
  forget(): void;
  /** They break off, so that whoever waits for an answer hears of it. */
  lose(): void;
  close(): void;
}

export async function openForgetfulWay(databaseUrl: string): Promise<ForgetfulWay> {
  const { hostname, port } = new URL(databaseUrl);
  const held: Socket[] = [];
  const way = createServer((client) => {
    const server = connect(Number(port), hostname);
    held.push(client, server);
    for (const socket of [client, server]) socket.on('error', () => undefined);
    client.pipe(server).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(way, 'listening');
  const url = new URL(databaseUrl);
  url.port = String((way.address() as AddressInfo).port);
  const lose = () => held.forEach((socket) => socket.destroy());
  return {
    url: url.href,
    forget: () => held.forEach((socket) => socket.unpipe().pause()),
    lose,
    close() {
      lose();
      way.close();
    },
  };
}
