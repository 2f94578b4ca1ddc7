// @module-tag pipeline
// @module-tag hostile
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { expectRefusal, fetching, names } from '../../test/fetching.ts';
import { httpResponse, startFixedServer, startLoopbackServer } from '../../test/loopback-server.ts';
import { systemLookup } from './source/address.ts';

const feed = httpResponse(200, 'id,title\n1,Lamp\n');
const redirect = (location: string) => httpResponse(302, '', { Location: location });

test.each([
  ['A1', 'http://127.0.0.1:PORT/'],
  ['A1', 'http://localhost:PORT/'],
  ['A1', 'http://localhost.:PORT/'],
  ['A1', 'http://LOCALHOST:PORT'],
  ['A3', 'http://2130706433:PORT/'],
  ['A3', 'http://0x7f000001:PORT/'],
  ['A3', 'http://0177.0.0.1:PORT/'],
  ['A3', 'http://127.1:PORT/'],
  ['A3', 'http://0:PORT/'],
  ['A3', 'http://１２７.０.０.１:PORT/'],
  ['A3', 'http://①②⑦.0.0.1:PORT/'],
  ['A4', 'http://[::1]:PORT/'],
  ['A4', 'http://[::]:PORT/'],
  ['A4', 'http://[::ffff:127.0.0.1]:PORT/'],
  ['A4', 'http://[::ffff:7f00:1]:PORT/'],
  ['A12', 'http://evil@127.0.0.1:PORT/'],
  ['A12', 'http://127.0.0.1:PORT#@good.example/'],
])('%s: %s is refused before any connection is opened', async (_item, address) => {
  const server = await startFixedServer(feed);
  await expectRefusal(address.replace('PORT', String(server.port)), 'ADDRESS_FORBIDDEN', {
    lookup: systemLookup,
  });
  expect(server.connections()).toBe(0);
});

test('A3: a public name that resolves to loopback is refused before any connection is opened', async () => {
  const server = await startFixedServer(feed);
  const lookup = names({ '127.0.0.1.nip.example': ['127.0.0.1'] });
  await expectRefusal(`http://127.0.0.1.nip.example:${server.port}/`, 'ADDRESS_FORBIDDEN', { lookup });
  expect(server.connections()).toBe(0);
});

test.each([
  ['http://127.0.0.1:PORT/', 'ADDRESS_FORBIDDEN'],
  ['http://localhost:PORT/', 'ADDRESS_FORBIDDEN'],
  ['//127.0.0.1:PORT/', 'ADDRESS_FORBIDDEN'],
  ['file:///etc/passwd', 'ADDRESS_SCHEME'],
  ['data:text/csv,id%0A1', 'ADDRESS_SCHEME'],
  ['http://', 'ADDRESS_INVALID'],
] as const)('A6: a redirect to %s is refused at that hop', async (location, code) => {
  const inner = await startFixedServer(feed);
  const outer = await startFixedServer(redirect(location.replace('PORT', String(inner.port))));
  await expectRefusal(outer.origin, code, { allowed: outer.host, lookup: systemLookup });
  expect([outer.connections(), inner.connections()]).toEqual([1, 0]);
});

test('A6: a redirect from an allowed host to an allowed host is followed', async () => {
  const inner = await startFixedServer(feed);
  const outer = await startFixedServer(redirect(`${inner.origin}/second.csv?a=1#part`));
  const fetched = await fetching(outer.origin, { allowed: `${outer.host} ${inner.host}` });
  expect(fetched).toMatchObject({ kind: 'fetched', finalUrl: `${inner.origin}/second.csv?a=1` });
});

test('A7 DNS rebinding: the connection goes to the address that was checked', async () => {
  const server = await startFixedServer(feed);
  const answers = [['127.0.0.1'], ['127.0.0.2']];
  let asked = 0;
  const fetched = await fetching(`http://feeds.example:${server.port}/`, {
    allowed: server.host,
    lookup: (name) => names({ [name]: answers[asked++] ?? [] })(name),
  });
  expect([asked, server.connections()]).toEqual([1, 1]);
  expect(fetched.kind === 'fetched' && (await readFile(fetched.path, 'utf8'))).toBe('id,title\n1,Lamp\n');
  expect(server.requests[0]).toContain(`Host: feeds.example:${server.port}\r\n`);
});

test('A7 DNS rebinding: a name whose answer changes between two hops is checked again', async () => {
  const server = await startFixedServer(redirect('/next'));
  let asked = 0;
  const lookup = (name: string) => names({ [name]: [asked++ === 0 ? '127.0.0.1' : '10.0.0.1'] })(name);
  await expectRefusal(`http://feeds.example:${server.port}/`, 'ADDRESS_FORBIDDEN', {
    allowed: server.host,
    lookup,
  });
  expect(server.connections()).toBe(1);
});

test('A7: a name with one private address among others is refused as a whole', async () => {
  const server = await startFixedServer(feed);
  const lookup = names({ 'feeds.example': ['127.0.0.1', '127.0.0.2'] });
  await expectRefusal(`http://feeds.example:${server.port}/`, 'ADDRESS_FORBIDDEN', {
    allowed: server.host,
    lookup,
  });
  expect(server.connections()).toBe(0);
});

test('A8: another port of an allowed host stays closed', async () => {
  const server = await startFixedServer(feed);
  const other = await startFixedServer(feed);
  await expectRefusal(other.origin, 'ADDRESS_FORBIDDEN', { allowed: server.host });
  expect(other.connections()).toBe(0);
});

test.each([
  ['to itself', () => '/same'],
  ['to itself with a growing query', (number: number) => `/same?${'x'.repeat(number)}`],
  ['between two paths', (number: number) => (number % 2 === 0 ? '/a' : '/b')],
])('A9: a redirect %s ends after five hops', async (_kind, location) => {
  const server = await startLoopbackServer((socket, _head, number) => socket.end(redirect(location(number))));
  const sentence = await expectRefusal(server.origin, 'TOO_MANY_REDIRECTS', { allowed: server.host });
  expect(sentence).toContain('5 times');
  expect(server.connections()).toBe(6);
});

test('A10: user and password go to their origin as Basic authorisation, and in no other place', async () => {
  const server = await startFixedServer(feed);
  const fetched = await fetching(`http://user:p%40ss@${server.host}/feed.csv`, { allowed: server.host });
  expect(server.requests[0]).toContain(
    `Authorization: Basic ${Buffer.from('user:p@ss').toString('base64')}\r\n`,
  );
  expect(server.requests[0]).toMatch(/^GET \/feed\.csv HTTP\/1\.1\r\nHost: 127/);
  expect(fetched).toMatchObject({ finalUrl: `${server.origin}/feed.csv` });
});

test('A10: a redirect within the origin keeps the credentials', async () => {
  const server = await startLoopbackServer((socket, _head, number) => {
    socket.end(number === 1 ? redirect('/moved.csv') : feed);
  });
  await fetching(`http://user:pass@${server.host}/`, { allowed: server.host });
  expect(server.requests[1]).toContain('Authorization: Basic ');
});

test('A10: credentials are dropped at the first other origin, for the way back too', async () => {
  const other = await startLoopbackServer((socket) => socket.end(redirect(`${home.origin}/end.csv`)));
  const home = await startLoopbackServer((socket, _head, number) => {
    socket.end(number === 1 ? redirect(`http://their:own@${other.host}/`) : feed);
  });
  await fetching(`http://user:pass@${home.host}/`, { allowed: `${home.host},${other.host}` });
  const withCredentials = [...home.requests, ...other.requests].filter((head) =>
    head.includes('Authorization'),
  );
  expect(withCredentials).toEqual([home.requests[0]]);
});

test('A10: no refusal names user, password or token', async () => {
  const server = await startFixedServer(httpResponse(401, 'wrong s3cret'));
  const address = `http://user:s3cret@${server.host}/?apikey=s3cret`;
  const sentences = [
    await expectRefusal(address, 'HTTP_STATUS', { allowed: server.host }),
    await expectRefusal(address, 'ADDRESS_FORBIDDEN'),
    await expectRefusal(address.replace('?', '\\'), 'ADDRESS_INVALID'),
    await expectRefusal('http://user:s3cret@unknown.example/?apikey=s3cret', 'ADDRESS_UNKNOWN'),
  ];
  expect(sentences.filter((sentence) => /s3cret|user/.test(sentence))).toEqual([]);
});

test('A11: an encoded line break in the query stays encoded, so no header can be slipped in', async () => {
  const server = await startFixedServer(feed);
  await fetching(`${server.origin}/?sep=%0d%0aX-Evil:1`, { allowed: server.host });
  expect(server.requests[0]).toMatch(/^GET \/\?sep=%0d%0aX-Evil:1 HTTP/);
  expect(server.requests[0]?.toLowerCase()).not.toContain('\nx-evil');
});

test('A11: a line break in a redirect reaches no header', async () => {
  const server = await startFixedServer(redirect('/%0d%0aX-Evil:1'));
  await expectRefusal(server.origin, 'ADDRESS_INVALID', { allowed: server.host });
  expect(server.connections()).toBe(1);
});
