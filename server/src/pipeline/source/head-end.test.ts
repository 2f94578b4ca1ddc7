// @module-tag pipeline
import { expect, test } from 'vitest';
import { HeadEnd } from './head-end.ts';

test.each([
  ['HTTP/1.1 200 OK\r\nA: b\r\n\r\n1,2\r\n\r\n', [25, 32]],
  ['\r\r\n\r\r\n\r\nrest', [8]],
  ['\r\n\r\n\r\n', [4]],
  ['HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\n', [22, 41]],
  ['HTTP/1.1 200 OK\n\n\r\n', []],
])('a head ends behind its empty line, wherever it is cut: %j', (text, ends) => {
  for (let size = 1; size <= text.length; size += 1) {
    const headEnd = new HeadEnd();
    const found: number[] = [];
    for (let from = 0; from < text.length;) {
      const piece = Buffer.from(text.slice(from, from + size));
      const end = headEnd.find(piece);
      from += end ?? piece.length;
      if (end !== null) found.push(from);
    }
    expect(found).toEqual(ends);
  }
});
