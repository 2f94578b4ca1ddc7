// @module-tag product-data
// @module-tag hostile
import { expect, test } from 'vitest';
import { readUrl } from './url.ts';

test.each([
  ...[
    'https://shop.example/lamp?id=1&x=%20#top',
    'HTTP://SHOP.EXAMPLE',
    'http://shop.example:8080/a',
    'http://localhost',
  ],
  ...[
    'https://münchen.example/ä b.jpg',
    'http://127.0.0.1/x.png',
    'http://[::1]/',
    "https://a.example/it's(1),2;3",
  ],
])('%j is stored as it is written', (text) => {
  expect(readUrl(text)).toEqual({ ok: true, value: text });
});

test.each([
  ...[
    '',
    'shop.example',
    '/lamp',
    '//evil.example',
    'lamp.jpg',
    'https://',
    'http:///x',
    'https:shop.example',
  ],
  ...[
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///x',
  ],
  ...[
    'ftp://shop.example/',
    'http://good.example\\@127.0.0.1/',
    'https://user:secret@shop.example/',
    'http://evil@127.0.0.1/',
  ],
  ...[
    'https://shop.example/\0',
    'https://shop.example/\r\nHost: x',
    'https://shop.example/\tx',
    'https://sh op.example/',
  ],
  ...[
    'http://999.999.999.999/',
    'http://shop.example:99999/',
    'https://shop.example/\ud800',
    'see https://shop.example',
  ],
])('%j is no address', (text) => {
  expect(readUrl(text)).toEqual({ ok: false, code: 'URL_UNREADABLE' });
});

test('an address of megabytes is refused in no time', () => {
  const started = performance.now();
  for (const part of ['a', '-', '.', '/', ' ']) readUrl(`http://${part.repeat(2e6)}`);
  expect(performance.now() - started).toBeLessThan(100);
});

test('an address has at most 2,000 characters', () => {
  const read = (length: number) => readUrl(`https://shop.example/${'x'.repeat(length - 21)}`);
  expect([read(2000).ok, read(2001).ok]).toEqual([true, false]);
});
