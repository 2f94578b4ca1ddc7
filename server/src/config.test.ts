// @module-tag project
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseSigningKeys } from './modules/user/signing-keys.ts';
import { parseAllowedAddresses } from './pipeline/source/allowed-addresses.ts';
import { readConfig, settingsTable } from './config.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (env: Record<string, string> = {}) =>
  readConfig(env, { allowedAddresses: parseAllowedAddresses, authKeys: parseSigningKeys });

test('without any variable there are defaults for everything, and nobody can change them', () => {
  const config = read();
  expect(config).toEqual({
    port: 4000,
    host: '127.0.0.1',
    loopback: true,
    dataDir: join(root, '.data'),
    spoolFolder: join(root, '.data/spool'),
    databaseUrl: null,
    redisUrl: null,
    authKeys: null,
    role: 'all',
    demo: true,
    feedAllowedAddresses: '',
    importConcurrency: 2,
    importConnections: 2,
    importConnectionsInUse: 1,
    importHangMs: 60_000,
    importErrorsKeepDays: 90,
    importErrorsKeepImports: 300,
    feedMaxBytes: 2e9,
    feedMaxInflatedBytes: 4e9,
    feedMaxRows: 20e6,
    feedTimeoutMs: 900_000,
    feedIdleMs: 30_000,
    logLevel: 'warn',
    logStoreLevel: 'info',
    logKeepDays: 14,
    logKeepEntries: 1_000_000,
    graphiql: true,
    introspection: true,
    corsOrigins: [],
    trustedProxies: [],
    socketsPerAddress: 500,
    dnsServers: [],
    metricsToken: null,
  });
  expect(Object.isFrozen(config)).toBe(true);
});

test('a variable that is empty or blank counts as unset', () => {
  expect(read({ PORT: '', HOST: '  ', DATABASE_URL: '' })).toEqual(read());
});

test.each([
  ['127.0.0.1', true],
  ['127.8.9.1', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.7', false],
  ['127.example.test', false],
  ['localhost.example.test', false],
])('HOST %s is loopback: %s', (HOST, loopback) => {
  expect(read({ HOST }).loopback).toBe(loopback);
});

test('behind a proxy others can reach the server, wherever it listens', () => {
  expect(read({ TRUSTED_PROXIES: '127.0.0.1' })).toMatchObject({
    ...{ host: '127.0.0.1', loopback: false, graphiql: false, introspection: false },
  });
});

test.each([
  ['PORT', '65536', 'a whole number from 0 to 65,535'],
  ['PORT', '0x10', 'a whole number'],
  ['PORT', '-1', 'a whole number'],
  ['PORT', '80.5', 'a whole number'],
  ['HOST', 'http://localhost', 'an IP address or the name of this machine'],
  ['HOST', 'localhost:4000', 'without a port'],
  ['ROLE', 'both', 'one of all, api, worker'],
  ['DEMO', 'yes', 'one of on, off'],
  ['LOG_LEVEL', 'loud', 'one of fatal, error'],
  ['LOG_STORE_LEVEL', 'all', 'one of fatal, error'],
  ['LOG_KEEP_DAYS', '0', 'a whole number from 1 to 3,650'],
  ['LOG_KEEP_ENTRIES', '10', 'a whole number from 1000 to'],
  ['FEED_ALLOWED_ADDRESSES', '10.0.0.0/99', '"10.0.0.0/99" is not an origin'],
  ['IMPORT_CONCURRENCY', '0', 'a whole number from 1 to 64'],
  ['FEED_MAX_MB', '1e3', 'a whole number'],
  ['CORS_ORIGINS', 'https://office.example/', 'origins such as https://office.example'],
  ['TRUSTED_PROXIES', '10.0.0.0/33', 'addresses, or ranges such as 10.0.0.0/8'],
  ['DNS_SERVERS', 'dns.example', 'IP addresses, with a port or without'],
  ['DNS_SERVERS', '192.0.2.53:70000', 'IP addresses'],
  ['DNS_SERVERS', '[192.0.2.53]:53', 'IP addresses'],
  ['GRAPHIQL', 'yes', 'one of auto, on, off'],
])('%s=%s is refused with what is allowed', (name, value, allowed) => {
  expect(() => read({ [name]: value })).toThrow(`${name} is "${value}". Allowed: `);
  expect(() => read({ [name]: value })).toThrow(allowed);
});

test.each([
  ['127.0.0.1', 'auto', true],
  ['0.0.0.0', 'auto', false],
  ['0.0.0.0', 'on', true],
  ['localhost', 'off', false],
])('on %s GraphiQL and the schema, %s, are shown: %s', (HOST, choice, shown) => {
  const { graphiql, introspection } = read({ HOST, GRAPHIQL: choice, GRAPHQL_INTROSPECTION: choice });
  expect([graphiql, introspection]).toEqual([shown, shown]);
});

test('all that cannot be used is named at once, and no password is repeated', () => {
  const error = (() => {
    try {
      return read({
        PORT: 'x',
        ROLE: 'y',
        DATABASE_URL: 'mysql://root:hunter2@db/x',
        AUTH_KEYS: 'k1:hunter2',
      });
    } catch (thrown) {
      return thrown as Error;
    }
  })() as Error;
  expect(error.message.split('\n').map((line) => line.trim().split(' ')[0])).toEqual([
    'These',
    'PORT',
    'DATABASE_URL',
    'AUTH_KEYS',
    'ROLE',
  ]);
  expect(error.message).not.toContain('hunter2');
});

test('name servers have a port or none, those of IPv6 then in brackets', () => {
  const servers = ['192.0.2.53', '192.0.2.53:5353', '2001:db8::53', '[2001:db8::53]:5353'];
  expect(read({ DNS_SERVERS: servers.join(', ') }).dnsServers).toEqual(servers);
});

test('several keys of access tokens are separated by commas', () => {
  const key = `k1:${'x'.repeat(43)}=`;
  const both = `${key}, k2:${'y'.repeat(43)}=`;
  expect(read({ AUTH_KEYS: both }).authKeys).toBe(both);
  expect(() => read({ AUTH_KEYS: `${key},k2:short` })).toThrow('AUTH_KEYS is set to something else');
});

test('the README lists every setting as it is (node scripts/readme-settings.ts writes it)', async () => {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const listed = /<!-- settings: begin -->([^]*)<!-- settings: end -->/.exec(readme)?.[1] ?? '';
  const cells = (table: string) => table.trim().replaceAll(/ {2,}/g, ' ').replaceAll(/-{3,}/g, '---');
  expect(cells(listed)).toBe(settingsTable());
});
