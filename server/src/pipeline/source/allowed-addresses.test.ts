// @module-tag pipeline
import { expect, test } from 'vitest';
import { isAllowed, parseAllowedAddresses } from './allowed-addresses.ts';

/** [entry, url, address that its name resolves to, whether it is open] */
test.each([
  ['http://feeds.intranet:4000', 'http://feeds.intranet:4000/x', '10.0.0.1', true],
  ['http://feeds.intranet:4000/', 'https://feeds.intranet:4000/x', '10.0.0.1', false],
  ['http://feeds.intranet', 'http://feeds.intranet/x', '10.0.0.1', true],
  ['http://feeds.intranet', 'http://feeds.intranet:8080/x', '10.0.0.1', false],
  ['https://feeds.intranet', 'https://feeds.intranet/x', '10.0.0.1', true],
  ['feeds.intranet:4000', 'https://FEEDS.intranet.:4000/x', '10.0.0.1', true],
  ['feeds.intranet:4000', 'http://feeds.intranet:4001/x', '10.0.0.1', false],
  ['feeds.intranet:4000', 'http://sub.feeds.intranet:4000/x', '10.0.0.1', false],
  ['Feeds.Intranet.', 'http://feeds.intranet:4001/x', '10.0.0.1', true],
  ['feeds.intranet:*', 'http://feeds.intranet:4001/x', '10.0.0.1', true],
  ['127.0.0.1:4000', 'http://name.example:4000/x', '127.0.0.1', true],
  ['127.0.0.1:4000', 'http://name.example:4000/x', '127.0.0.2', false],
  ['127.0.0.1', 'http://127.0.0.1:4000/x', '127.0.0.1', true],
  ['127.1:4000', 'http://127.0.0.1:4000/x', '127.0.0.1', true],
  ['[::1]:4000', 'http://[::1]:4000/x', '::1', true],
  ['::1', 'http://[::1]:4000/x', '::1', true],
  ['::1', 'http://127.0.0.1/x', '127.0.0.1', false],
  ['10.0.0.0/8', 'http://a.example:8080/x', '10.255.0.1', true],
  ['10.0.0.0/8', 'http://a.example:9000/x', '10.255.0.1', false],
  ['10.0.0.0/8:9000', 'http://a.example:9000/x', '10.255.0.1', true],
  ['10.0.0.0/8:*', 'http://a.example:9000/x', '10.255.0.1', true],
  ['10.0.0.0/8', 'http://a.example/x', '11.0.0.1', false],
  ['10.0.0.0/8', 'http://a.example/x', 'fd00::1', false],
  ['fc00::/7', 'http://a.example/x', 'fd00::1', true],
  ['[fc00::/7]:9000', 'http://a.example:9000/x', 'fd00::1', true],
  ['10.0.0.1, feeds.intranet:4000\nother', 'http://other/x', '10.0.0.9', true],
])('%j and %s at %s: %s', (setting, url, address, open) => {
  expect(isAllowed(parseAllowedAddresses(setting), new URL(url), address)).toBe(open);
});

test.each(['', '  ', ' , ,'])('nothing is open by %j', (setting) => {
  expect(parseAllowedAddresses(setting)).toEqual([]);
});

test.each([
  ...['http://', 'http://user:x@a.example', 'http://a.example/path', 'a.example:0', 'a.example:70000'],
  ...[
    'a.example:port',
    '10.0.0.0/33',
    'user@a.example',
    '*',
    '*.example',
    'ftp://a.example',
    '[::1',
    '10.0.0.0/8/9',
  ],
])('%s is refused by name, whatever stands beside it', (entry) => {
  expect(() => parseAllowedAddresses(`127.0.0.1:80,${entry}`)).toThrow(`"${entry}"`);
});

test('entries are plain data, so that they can be sent to a worker thread', () => {
  const entries = parseAllowedAddresses('http://a.example, 10.0.0.0/8');
  expect(structuredClone(entries)).toEqual(entries);
});
