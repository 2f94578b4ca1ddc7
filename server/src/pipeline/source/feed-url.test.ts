// @module-tag pipeline
// @module-tag hostile
import { expect, test } from 'vitest';
import { parseFeedUrl } from './feed-url.ts';

test.each([
  '',
  '   ',
  'file:///etc/passwd',
  'ftp://feeds.example/x',
  'gopher://feeds.example/',
  'data:text/csv,id%0A1',
  'javascript:alert(1)',
  'jar:http://feeds.example!/x',
  'unix:/run/socket',
  '//host/x',
  'http:feeds.example',
  'feeds.example/feed.csv',
])('A5: "%s" is refused: only http and https', (address) => {
  expect(() => parseFeedUrl(address)).toThrow(expect.objectContaining({ code: 'ADDRESS_SCHEME' }));
});

test.each([
  ['A4: an IPv6 address with a zone', 'http://[fe80::1%25eth0]/'],
  ['A5: an address without host', 'http://'],
  ['A5: an address with a third slash', 'http:///x'],
  ['A5: an address of 5,000 characters', `http://feeds.example/${'x'.repeat(5000)}`],
  ['A11: a second header', 'http://feeds.example/\r\nHost: x'],
  ['A11: a tab', 'http://feeds.example/\tx'],
  ['A11: an encoded line break in the path', 'http://feeds.example/%0d%0aX-Evil:1'],
  ['A11: an encoded line break in the user', 'http://us%0Aer@feeds.example/'],
  ['A12: a backslash', 'http://good.example\\@127.0.0.1/'],
  ['a port that does not exist', 'http://feeds.example:99999/'],
  ['a host of a dot', 'http://./'],
])('%s is refused as no address', (_kind, address) => {
  expect(() => parseFeedUrl(address)).toThrow(expect.objectContaining({ code: 'ADDRESS_INVALID' }));
});

test.each([
  'https://***@feeds.example/a.csv',
  'https://feeds.example/?token=***',
  'https://feeds.example/?***&lang=fr',
])('%s is refused: nobody has such a secret', (address) => {
  expect(() => parseFeedUrl(address)).toThrow(expect.objectContaining({ code: 'ADDRESS_MASKED' }));
});

test.each([
  ['user:p%40ss', 'user:p@ss'],
  ['user', 'user:'],
  [':pass', ':pass'],
  ['user:100%', 'user:100%'],
  ['b%C3%A9:x', 'bé:x'],
])('A10: %s@ becomes a header and leaves the address', (userInfo, plain) => {
  const { url, authorization } = parseFeedUrl(` https://${userInfo}@feeds.example/a.csv#part `);
  expect(url.href).toBe('https://feeds.example/a.csv');
  expect(Buffer.from(authorization?.replace('Basic ', '') ?? '', 'base64').toString()).toBe(plain);
});
