// @module-tag http
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { createClientAddresses } from './client-address.ts';
import { cookiesOf } from './cookies.ts';

const requestFrom = (remoteAddress: string, headers: IncomingMessage['headers'] = {}) =>
  ({ headers, socket: { remoteAddress } }) as IncomingMessage;

const addresses = createClientAddresses(['10.0.0.0/8', '192.168.1.7', 'fd00::/8']);

test.each([
  ['nobody between', '203.0.113.5', undefined, '203.0.113.5'],
  ['a client that claims to be another', '203.0.113.5', '198.51.100.1', '203.0.113.5'],
  ['a proxy of ours', '10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['two proxies of ours', '10.1.2.3', '198.51.100.1, 192.168.1.7', '198.51.100.1'],
  ['a client that names others before the proxy does', '10.1.2.3', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
  ['a proxy that names nobody', '10.1.2.3', undefined, '10.1.2.3'],
  ['a proxy that names nonsense', '10.1.2.3', 'unknown, <b>', '10.1.2.3'],
  ['a proxy that does not know the client', '10.1.2.3', '6.6.6.6, unknown', '10.1.2.3'],
  ['two proxies that do not know it', '10.1.2.3', '6.6.6.6, unknown, 192.168.1.7', '192.168.1.7'],
  ['a proxy that names ports', '10.1.2.3', '6.6.6.6, 203.0.113.5:4711', '203.0.113.5'],
  ['a proxy that names ports over IPv6', '10.1.2.3', '6.6.6.6, [2001:db8::1]:4711', '2001:db8::1'],
  ['a proxy that writes brackets', '10.1.2.3', '6.6.6.6, [2001:db8::1]', '2001:db8::1'],
  ['a proxy over IPv6', 'fd00::1', '2001:db8::1', '2001:db8::1'],
  ['an IPv4 client of an IPv6 server', '::ffff:203.0.113.5', undefined, '203.0.113.5'],
  ['an IPv4 proxy of an IPv6 server', '::ffff:10.1.2.3', '198.51.100.1', '198.51.100.1'],
])('with %s the client is the one that can be believed', (_who, peer, named, address) => {
  expect(addresses.addressOf(requestFrom(peer, { 'x-forwarded-for': named }))).toBe(address);
});

test('https counts when a proxy of ours says so', () => {
  const headers = { 'x-forwarded-proto': 'https' };
  expect(addresses.isSecure(requestFrom('10.1.2.3', headers))).toBe(true);
  expect(addresses.isSecure(requestFrom('203.0.113.5', headers))).toBe(false);
});

test('what is no range is refused', () => {
  for (const entry of ['10.0.0.0/33', 'proxy.example', '::/129', '']) {
    expect(() => createClientAddresses([entry]), entry).toThrow('is no address and no range');
  }
});

test.each([
  ['refresh_token=a.b', 'a.b'],
  ['theme=dark; refresh_token=a.b; x=y', 'a.b'],
  ['xrefresh_token=a', null],
  ['refresh_token=', null],
  ['', null],
])('of the cookies "%s" the refresh token is %s', (cookie, token) => {
  expect(cookiesOf(requestFrom('::1', { cookie }), {} as ServerResponse, false).refreshToken).toBe(token);
});

test('the cookie is out of reach of scripts and other sites, and of plain http when it came by https', () => {
  const set: unknown[] = [];
  const response = { setHeader: (...header: unknown[]) => set.push(header) } as unknown as ServerResponse;
  const cookies = cookiesOf(requestFrom('::1'), response, true);
  cookies.setRefreshToken('a.b', new Date('2026-12-24T00:00:00Z'));
  cookies.clearRefreshToken();
  const attributes = 'Path=/graphql; HttpOnly; SameSite=Lax; Secure';
  expect(set).toEqual([
    ['Set-Cookie', `refresh_token=a.b; Expires=Thu, 24 Dec 2026 00:00:00 GMT; ${attributes}`],
    ['Set-Cookie', `refresh_token=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; ${attributes}`],
  ]);
});
