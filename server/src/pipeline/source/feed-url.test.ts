// @module-tag pipeline
// @module-tag hostile
import { expect, test } from 'vitest';
import { parseFeedUrl, redactUrl } from './feed-url.ts';

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

test.each([
  ['https://feeds.example/a.csv?lang=fr&page=2', 'https://feeds.example/a.csv?lang=fr&page=2'],
  ['https://user:p%40ss@feeds.example/a.csv', 'https://***@feeds.example/a.csv'],
  ['https://user:p@ss@feeds.example/', 'https://***@feeds.example/'],
  ['https://feeds.example/image@2x.csv', 'https://feeds.example/image@2x.csv'],
  ['https://feeds.example/?mail=a@b.example', 'https://feeds.example/?mail=a@b.example'],
  ['https://feeds.example/?apikey=abc&lang=fr', 'https://feeds.example/?apikey=***&lang=fr'],
  ['https://feeds.example/?API_Key=a=b', 'https://feeds.example/?API_Key=***'],
  ['https://feeds.example/?access%5Ftoken=abc', 'https://feeds.example/?access%5Ftoken=***'],
  ['https://feeds.example/?a=1?sig=2', 'https://feeds.example/?a=1?sig=2'],
  ['https://feeds.example/?x=1f0e9a77b2c34d5e6f708192', 'https://feeds.example/?x=***'],
  ['https://feeds.example/?x=6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'https://feeds.example/?x=***'],
  ['https://feeds.example/?1f0e9a77b2c34d5e6f708192', 'https://feeds.example/?***'],
  [
    'https://feeds.example/?file=2030-01-01-products-french.csv',
    'https://feeds.example/?file=2030-01-01-products-french.csv',
  ],
  ['https://feeds.example/?password=', 'https://feeds.example/?password='],
  ['https://feeds.example/#access_token=abc', 'https://feeds.example/'],
  // No addresses, because of what is in the password; a mistake must not show it.
  ['https://user:pa/ss@feeds.example/', 'https://***@feeds.example/'],
  ['https://user:pa?ss@feeds.example/?a=1', 'https://***@feeds.example/?a=1'],
  ['https://user:pa#ss@feeds.example/', 'https://***@feeds.example/'],
  ['user:pass@feeds.example', '***@feeds.example'],
  ['', ''],
])('A10: %s is shown as %s', (address, shown) => {
  expect(redactUrl(address)).toBe(shown);
});
