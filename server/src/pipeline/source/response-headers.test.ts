// @module-tag pipeline
import { expect, test } from 'vitest';
import { contentEncodings } from './response-headers.ts';

test('packings are told in the order in which they were applied', () => {
  expect(contentEncodings(' X-Gzip,br , identity')).toEqual(['gzip', 'br']);
  expect(contentEncodings(undefined)).toEqual([]);
});

test.each(['none', 'UTF-8', 'utf8', 'UTF-16LE', 'ISO-8859-1', 'windows-1252', 'us-ascii', '8bit', 'binary'])(
  'the charset or nothing that a shop means by %s is no packing',
  (header) => {
    expect(contentEncodings(header)).toEqual([]);
  },
);
