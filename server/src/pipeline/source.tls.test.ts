// @module-tag pipeline
// @module-tag hostile
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createPlainServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { createCertificate } from '../../test/certificate.ts';
import { expectRefusal, fetching, names } from '../../test/fetching.ts';

interface SecureServer {
  readonly port: number;
  /** Server name and authorisation of each request. */
  readonly requests: readonly [unknown, string | undefined][];
}

async function startSecureServer(
  certificate: { key: string; cert: string },
  feed = 'id,title\n1,Lamp\n',
): Promise<SecureServer> {
  const requests: [unknown, string | undefined][] = [];
  const server: Server = createServer(certificate, (request, response) => {
    requests.push([(request.socket as TLSSocket).servername, request.headers.authorization]);
    response.end(feed);
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, requests };
}

/** This process takes a certificate for one that an authority has signed, until the test ends. */
function trust(cert: string): void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, cert]);
  onTestFinished(() => setDefaultCACertificates(before));
}

const lookup = names({ 'feeds.example': ['127.0.0.1'], 'other.example': ['127.0.0.1'] });

test('the certificate is checked against the name, though the connection goes to the address', async () => {
  const certificate = createCertificate('feeds.example');
  trust(certificate.cert);
  const { port, requests } = await startSecureServer(certificate);
  const allowed = `127.0.0.1:${port}`;
  const fetched = await fetching(`https://user:pass@feeds.example.:${port}/`, { allowed, lookup });
  expect(fetched).toMatchObject({ kind: 'fetched', bytes: 16 });
  expect(requests).toEqual([['feeds.example', 'Basic dXNlcjpwYXNz']]);
});

test('a large feed is stored whole', async () => {
  const certificate = createCertificate('feeds.example');
  trust(certificate.cert);
  const feed = Array.from({ length: 600_000 }, (_, row) => `${row},Lamp\n`).join('');
  const { port } = await startSecureServer(certificate, feed);
  const fetched = await fetching(`https://feeds.example:${port}/`, { allowed: `127.0.0.1:${port}`, lookup });
  const sha256 = createHash('sha256').update(feed).digest('hex');
  expect(fetched).toMatchObject({ bytes: feed.length, sha256 });
});

test.each(['https://user:pass@other.example', 'https://user:pass@127.0.0.1'])(
  '%s with the certificate of another name is refused before credentials are sent',
  async (origin) => {
    const certificate = createCertificate('feeds.example');
    trust(certificate.cert);
    const { port, requests } = await startSecureServer(certificate);
    await expectRefusal(`${origin}:${port}/`, 'TLS_FAILED', { allowed: `127.0.0.1:${port}`, lookup });
    expect(requests).toEqual([]);
  },
);

test('a certificate that nobody has signed is refused', async () => {
  const { port, requests } = await startSecureServer(createCertificate('feeds.example'));
  await expectRefusal(`https://feeds.example:${port}/`, 'TLS_FAILED', {
    allowed: `127.0.0.1:${port}`,
    lookup,
  });
  expect(requests).toEqual([]);
});

test('a server that speaks plain HTTP where TLS is expected is refused', async () => {
  const server = createPlainServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expectRefusal(`https://127.0.0.1:${port}/`, 'TLS_FAILED', { allowed: `127.0.0.1:${port}` });
});
