import { request, type IncomingHttpHeaders } from 'node:http';
import { connect, isIP, type LookupFunction, type OnReadOpts, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { FeedRefusal } from '../../product-data/feed-refusal.ts';
import type { ResolvedAddress } from './address.ts';
import { hostOf, portOf } from './feed-url.ts';
import { framingOf } from './framing.ts';
import { Wire } from './wire.ts';

export interface FeedRequest {
  readonly url: URL;
  /** The addresses that were checked: no other one is connected to. */
  readonly addresses: readonly ResolvedAddress[];
  readonly headers: Readonly<Record<string, string>>;
}

export interface FeedResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /**
   * The body as it is sent, to be read once; throws a FeedRefusal when it breaks off. Each chunk is lent: what it
   * holds is good until the next one is asked for.
   */
  readonly body: AsyncIterable<Buffer>;
  /** Ends the connection, whatever is left of the body. */
  close(): void;
}

/** All header lines of a response together, and its trailers. */
const maxHeaderBytes = 16 * 1024;
/** How long one of several addresses is tried before the next. */
const attemptMs = 2_500;

/**
 * The head of a server's answer to one GET, its body still to come. Throws a FeedRefusal when there is no
 * readable answer, and something of no meaning when the signal ends it: its reason is the caller's to throw.
 */
export function sendRequest(feedRequest: FeedRequest, signal: AbortSignal): Promise<FeedResponse> {
  const { url, addresses, headers } = feedRequest;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const wire = new Wire((onread) => connectTo(url, addresses, onread));
    const sent = request({
      method: 'GET',
      path: url.pathname + url.search,
      headers: { Host: url.host, Connection: 'close', ...headers },
      setHost: false,
      maxHeaderSize: maxHeaderBytes,
      insecureHTTPParser: false,
      // No agent: a connection of its own, and no proxy of the environment.
      createConnection: () => wire.client,
    });
    const onAbort = () => sent.destroy(new Error('The download was ended.'));
    signal.addEventListener('abort', onAbort);
    sent.on('close', () => signal.removeEventListener('abort', onAbort));
    sent.on('error', (error) => reject(refusalOf(error, url)));
    sent.on('upgrade', ({ statusCode }, socket) => {
      socket.destroy();
      reject(new FeedRefusal('HTTP_STATUS', { value: String(statusCode ?? 101) }));
    });
    sent.on('response', ({ statusCode = 0, headers: received }) => {
      wire.endHead();
      resolve({
        status: statusCode,
        headers: received,
        body: readBody(wire, received),
        close: () => sent.destroy(),
      });
    });
    sent.end();
  });
}

/** A connection to one of the addresses, in their order; the name only serves the certificate. */
function connectTo(url: URL, addresses: readonly ResolvedAddress[], onread: OnReadOpts): Socket {
  const host = hostOf(url);
  const lookup: LookupFunction = (_name, { all }, answer) => {
    const [first] = addresses;
    if (all) answer(null, [...addresses]);
    else if (first) answer(null, first.address, first.family);
    else answer(new Error('There is no address.'), '');
  };
  const target = {
    host,
    port: portOf(url),
    lookup,
    onread,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: attemptMs,
  };
  if (url.protocol === 'http:') return connect(target);
  return connectTls({
    ...target,
    // RFC 6066 3: an address is no server name.
    ...(isIP(host) === 0 && { servername: host }),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: true,
  });
}

async function* readBody(wire: Wire, headers: IncomingHttpHeaders): AsyncGenerator<Buffer> {
  const framing = framingOf(headers);
  while (!framing.isWhole) {
    const piece = await wire.read().catch(() => {
      throw new FeedRefusal('TRUNCATED');
    });
    if (piece === null && framing.endsWithConnection) return;
    if (piece === null) throw new FeedRefusal('TRUNCATED');
    const body = framing.decode(piece);
    if (body.length > 0) yield body;
  }
}

const codeOf = (error: Error) => ('code' in error && typeof error.code === 'string' ? error.code : '');

const unreachable =
  /^(ECONN(REFUSED|RESET|ABORTED)|E?TIMEDOUT|EPIPE|E(HOST|NET)(UNREACH|DOWN)|EADDRNOTAVAIL|EACCES|EPERM|EINVAL|EAFNOSUPPORT|ERR_SOCKET_CONNECTION_TIMEOUT)$/;

/** What an error before the headers means to the shopkeeper; a fault of this machine stays what it is. */
function refusalOf(error: Error, url: URL): Error {
  const code = codeOf(error);
  // The parser's error holds bytes of the response: not even the log is to see them.
  if (code.startsWith('HPE_')) return new FeedRefusal('HTTP_PROTOCOL');
  if (unreachable.test(code)) return new FeedRefusal('CONNECTION_FAILED', {}, { cause: error });
  const isFault = code === '' || /^(EMFILE|ENFILE|ENOMEM|ENOBUFS)$/.test(code);
  if (url.protocol === 'https:' && !isFault) return new FeedRefusal('TLS_FAILED', {}, { cause: error });
  return error;
}
