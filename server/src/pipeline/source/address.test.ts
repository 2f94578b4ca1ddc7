// @module-tag pipeline
// @module-tag hostile
import { expect, test } from 'vitest';
import { names } from '../../../test/fetching.ts';
import { checkAddress, isPublicAddress } from './address.ts';
import { parseAllowedAddresses } from './allowed-addresses.ts';

const rules = (allowed = '', known: Record<string, string[]> = {}) => ({
  allowedAddresses: parseAllowedAddresses(allowed),
  lookup: names(known),
});

test.each([
  ...['10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
  ...['0.1.2.3', '127.0.0.1', '127.255.255.254', '192.0.0.8', '192.0.2.1', '192.88.99.1', '198.18.0.1'],
  ...['198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1'],
  '255.255.255.255',
])('A2: %s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  ...['::1', '::', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::7f00:1', '::ffff:0:7f00:1'],
  ...['64:ff9b::7f00:1', '64:ff9b::808:808', '64:ff9b:1::a00:1', '2002:7f00:1::', '2002:808:808::1'],
  ...['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'fc00::1', 'fd00::1'],
  ...['ff02::1', '100::1', '2001:db8::1', '3fff::1', '2001:2::1', '5f00::1', '4000::1', 'not an address', ''],
])('A4: %s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  '8.8.8.8',
  '93.184.216.34',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700::1111',
  '2a00:1450::8',
  '::ffff:8.8.8.8',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  ['A2', 'http://192.168.1.1/'],
  ['A2', 'http://169.254.169.254/latest/meta-data'],
  ['A4', 'http://[64:ff9b::7f00:1]/'],
  ['A4', 'http://[2002:7f00:1::]/'],
  ['A4', 'http://[fc00::1]/'],
  ['A4', 'http://[ff02::1]/'],
  ['A7', 'http://both.example/'],
  ['A7', 'http://six.example/'],
])('%s: %s is refused', async (_item, address) => {
  const known = { 'both.example': ['93.184.216.34', '10.0.0.1'], 'six.example': ['93.184.216.34', '::1'] };
  await expect(checkAddress(address, rules('', known))).rejects.toMatchObject({ code: 'ADDRESS_FORBIDDEN' });
});

test.each([22, 25, 6379, 5432, 8000])('A8: port %i of a public host is refused', async (port) => {
  const checking = checkAddress(`http://93.184.216.34:${port}/`, rules());
  await expect(checking).rejects.toMatchObject({ code: 'PORT_FORBIDDEN' });
});

test.each(['http://a.example', 'https://a.example', 'http://a.example:8080', 'https://a.example:8443'])(
  'A8: %s is on a usual port, and gives all addresses of its name in their order',
  async (address) => {
    const known = { 'a.example': ['2606:4700::1111', '93.184.216.34'] };
    expect(await checkAddress(address, rules('', known))).toEqual([
      { address: '2606:4700::1111', family: 6 },
      { address: '93.184.216.34', family: 4 },
    ]);
  },
);

test.each([
  ['an allowed range', '10.0.0.0/8', 'http://feeds.intranet/', true],
  ['an allowed range on an unusual port', '10.0.0.0/8', 'http://feeds.intranet:9000/', false],
  ['an allowed name on an allowed port', 'feeds.intranet:9000', 'http://feeds.intranet:9000/', true],
  ['an allowed name on another port', 'feeds.intranet:9000', 'http://feeds.intranet/', false],
  ['the address of an allowed name', 'feeds.intranet', 'http://10.1.2.3/', false],
  ['an allowed port of a public host', '93.184.216.34:9000', 'http://93.184.216.34:9000/', true],
  ['an allowed address spelled as IPv6', '10.1.2.3', 'http://[::ffff:10.1.2.3]/', true],
])('%s', async (_case, allowed, address, passes) => {
  const checking = checkAddress(address, rules(allowed, { 'feeds.intranet': ['10.1.2.3'] }));
  if (passes) expect(await checking).toHaveLength(1);
  else await expect(checking).rejects.toMatchObject({ name: 'FeedRefusal' });
});

test.each([
  ['ENOTFOUND', 'ADDRESS_UNKNOWN'],
  ['EAI_AGAIN', 'CONNECTION_FAILED'],
])('a resolver that says %s gives %s', async (code, refusal) => {
  const lookup = () => Promise.reject(Object.assign(new Error('no'), { code }));
  const checking = checkAddress('http://a.example', { allowedAddresses: [], lookup });
  await expect(checking).rejects.toMatchObject({ code: refusal });
});

test('a name without addresses is unknown', async () => {
  const checking = checkAddress('http://a.example', rules('', { 'a.example': [] }));
  await expect(checking).rejects.toMatchObject({ code: 'ADDRESS_UNKNOWN' });
});

test('a resolver that never answers is left alone once the signal is aborted', async () => {
  const reason = new Error('cancelled');
  const lookup = () => new Promise<never>(() => undefined);
  const stop = new AbortController();
  const checking = checkAddress('http://a.example', { allowedAddresses: [], lookup }, stop.signal);
  stop.abort(reason);
  await expect(checking).rejects.toBe(reason);
});
