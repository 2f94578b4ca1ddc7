// @module-tag shared
// @module-tag hostile
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { redactUrl } from './redact-url.ts';

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
  // Events travel masked already.
  expect(redactUrl(shown)).toBe(shown);
});

test.each([
  ['slashes', `https://${'/'.repeat(1_000_000)}`],
  ['backslashes', `https://${'\\'.repeat(1_000_000)}`],
  ['a scheme', `${'a'.repeat(1_000_000)}:/x`],
])('an address of nothing but %s is read to its end', (_what, address) => {
  const read = () => redactUrl(address);
  // Each letter looked at for each other one, it would take an hour: it is broken off.
  expect(runInNewContext('read()', { read }, { timeout: 10_000 })).toBe(address);
});
