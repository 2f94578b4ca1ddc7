// @module-tag pipeline
// @module-tag property
// @module-tag hostile
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Chunked } from './chunked.ts';

const chunk = (data: string, extension = '') =>
  `${Buffer.byteLength(data).toString(16)}${extension}\r\n${data}\r\n`;

/** The body in pieces of some size, each in memory that is used again for the next. */
function decode(sent: string, size = sent.length) {
  const chunked = new Chunked();
  const bytes = Buffer.from(sent);
  let body = '';
  for (let from = 0; from < bytes.length; from += size) {
    body += chunked.decode(Buffer.from(bytes.subarray(from, from + size))).toString('latin1');
  }
  return { body: Buffer.from(body, 'latin1').toString(), isWhole: chunked.isWhole };
}

test('a body in chunks is the same however it was cut into them, and they into pieces', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 300 })),
      fc.integer({ min: 1, max: 50 }),
      (parts, size) => {
        const sent = `${parts.map((part) => chunk(part)).join('')}0\r\n\r\n`;
        expect(decode(sent, size)).toEqual({ body: parts.join(''), isWhole: true });
        expect(decode(sent.slice(0, -1), size).isWhole).toBe(false);
      },
    ),
  );
});

test.each([
  ['extensions', `${chunk('id,', ';name=value')}${chunk('title', ' ; "a;b"')}0;last\r\n\r\n`],
  ['trailers', `${chunk('id,title')}0\r\nExpires: never\r\nETag: "1"\r\n\r\n`],
  ['sizes with many zeros before', `${'0'.repeat(20)}8\r\nid,title\r\n000\r\n\r\n`],
  ['something behind its end', `${chunk('id,title')}0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n`],
])('what is sent with %s is read without it', (_kind, sent) => {
  expect(decode(sent)).toEqual({ body: 'id,title', isWhole: true });
  expect(decode(sent, 1)).toEqual({ body: 'id,title', isWhole: true });
});

test('a size in capitals is one too', () => {
  expect(decode('A\r\nid,title\r\n\r\n0\r\n\r\n')).toEqual({ body: 'id,title\r\n', isWhole: true });
});

test.each([
  ['no size', '\r\nid\r\n'],
  ['a size that is no number', 'zz\r\nid\r\n'],
  ['a negative size', '-2\r\nid\r\n'],
  ['a size as other languages write it', '0x2\r\nid\r\n'],
  ['a size behind a blank', ' 2\r\nid\r\n'],
  ['a size beyond all numbers', `${'f'.repeat(40)}\r\nid\r\n`],
  ['a line that ends in a line feed alone', '2\nid\r\n'],
  ['a chunk that is longer than its size', '2\r\nid,title\r\n'],
  ['a chunk without its end', '2\r\nid2\r\nid\r\n'],
  ['an extension without end', `2;${'a'.repeat(20_000)}`],
  ['trailers without end', `0\r\n${'A: b\r\n'.repeat(5_000)}`],
])('%s is refused as unreadable', (_kind, sent) => {
  const refusal = expect.objectContaining({ code: 'HTTP_PROTOCOL' }) as Error;
  expect(() => decode(sent)).toThrow(refusal);
  expect(() => decode(sent, 1)).toThrow(refusal);
});
