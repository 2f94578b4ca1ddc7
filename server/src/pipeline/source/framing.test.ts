// @module-tag pipeline
import { expect, test } from 'vitest';
import { framingOf } from './framing.ts';

const chunks = '2\r\nid\r\n0\r\n\r\n';

test.each([
  ['chunked', { 'transfer-encoding': 'Chunked' }, chunks, 'id', true, false],
  ['chunked, behind another', { 'transfer-encoding': 'gzip, chunked ' }, chunks, 'id', true, false],
  ['another alone', { 'transfer-encoding': 'gzip' }, chunks, chunks, false, true],
  ['a name that ends like it', { 'transfer-encoding': 'unchunked' }, chunks, chunks, false, true],
  ['a length', { 'content-length': '3' }, 'id,title', 'id,', true, false],
  ['a length that is not reached', { 'content-length': '9' }, 'id,title', 'id,title', false, false],
  ['the length of nothing', { 'content-length': '0' }, '', '', true, false],
  ['the end of the connection', {}, 'id,title', 'id,title', false, true],
])('a body is framed by %s', (_kind, headers, sent, body, isWhole, endsWithConnection) => {
  const framing = framingOf(headers);
  expect(framing.decode(Buffer.from(sent)).toString()).toBe(body);
  expect([framing.isWhole, framing.endsWithConnection]).toEqual([isWhole, endsWithConnection]);
});
