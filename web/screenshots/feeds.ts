import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServedFeeds extends AsyncDisposable {
  /** The address of the feed of an edition; every edition carries on the one before it. */
  address(edition: 'last-week' | 'today'): string;
  /** Its host and port, as the setting of the server takes it. */
  readonly host: string;
}

/** Enough that the import still runs when its picture is taken. */
const rows = 150_000;
const topics = ['Walks along', 'Legends of', 'Castles of', 'Kitchens of', 'Birds of', 'A short history of'];
const places = ['the Moselle', 'the Sûre', 'Vianden', 'Echternach', 'the Minette', 'Larochette', 'Esch'];
const pick = (words: readonly string[], at: number) => words[at % words.length] ?? '';

/** Of the first edition a part is missing, of the second a part has a new price and a few prices are words. */
function line(at: number, edition: 'last-week' | 'today'): string | null {
  if (edition === 'last-week' && at % 23 === 5) return null;
  const isRaised = edition === 'today' && at % 9 === 4;
  const price = `${12 + (at % 30) + (isRaised ? 1 : 0)}.90 EUR`;
  const title = `${pick(topics, at)} ${pick(places, Math.floor(at / 6))}, volume ${Math.floor(at / 42) + 1}`;
  return `WL-${20_000 + at},"${title}",${at % 900 === 77 ? 'on request' : price},in_stock,new`;
}

function feed(edition: 'last-week' | 'today'): Buffer {
  const lines = Array.from({ length: rows }, (_, at) => line(at, edition)).filter((text) => text !== null);
  return Buffer.from(`id,title,price,availability,condition\n${lines.join('\n')}\n`);
}

/** Serves both editions on a free port of this machine. */
export async function serveFeeds(): Promise<ServedFeeds> {
  const editions = new Map([
    ['/last-week/weber-livres-en.csv', feed('last-week')],
    ['/today/weber-livres-en.csv', feed('today')],
  ]);
  const server = createServer((request, response) => {
    const body = editions.get(request.url ?? '');
    response.writeHead(body ? 200 : 404, { 'content-type': 'text/csv' }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address: (edition) => `http://${host}/${edition}/weber-livres-en.csv`,
    host,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
