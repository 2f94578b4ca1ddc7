import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { AUTHORITATIVE_ANSWER, decode, encode } from 'dns-packet';
import { onTestFinished } from 'vitest';

/** `rcode` of RFC 1035 4.1.1, which dns-packet takes as part of the flags. */
const serverFailure = 2;
const nameError = 3;

export interface DnsServer {
  /** As the setting DNS_SERVERS has it. */
  readonly address: string;
  /** TXT records by name: texts, each of them in its parts. May change while it runs. */
  readonly records: Map<string, readonly (readonly string[])[]>;
  /** Names that it cannot tell of. */
  readonly failing: Set<string>;
  /** The names that were asked for. */
  readonly asked: readonly string[];
  readonly close: () => void;
}

/** As `openDnsServer`; it ends with the test. */
export async function startDnsServer(records?: Readonly<Record<string, string>>): Promise<DnsServer> {
  const server = await openDnsServer(records);
  onTestFinished(server.close);
  return server;
}

/** A name server on 127.0.0.1 that knows these TXT records and no others. */
export async function openDnsServer(records: Readonly<Record<string, string>> = {}): Promise<DnsServer> {
  const known = new Map(Object.entries(records).map(([name, text]) => [name, [[text]]] as const));
  const server = {
    records: new Map<string, readonly (readonly string[])[]>(known),
    failing: new Set<string>(),
  };
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (message, { port, address }) => {
    const { id, questions = [] } = decode(message);
    const name = questions[0]?.name ?? '';
    asked.push(name);
    const texts = server.records.get(name);
    const code = server.failing.has(name) ? serverFailure : texts ? 0 : nameError;
    const answer = encode({
      ...{ id, type: 'response', flags: AUTHORITATIVE_ANSWER | code, questions },
      answers: (texts ?? []).map((parts) => ({ type: 'TXT', name, data: [...parts], ttl: 60 })),
    });
    socket.send(answer, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    ...server,
    asked,
    address: `127.0.0.1:${socket.address().port}`,
    close: () => void socket.close(),
  };
}
