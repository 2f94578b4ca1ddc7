// @module-tag pipeline
import { expect, test } from 'vitest';
import { contentDigest, digest } from './digest.ts';

const columns = ['title', 'brand', 'size'];

test('is the same for a text and its bytes', () => {
  expect(digest('é')).toBe(digest(Buffer.from('é')));
});

test('is short, and safe in any text', () => {
  expect(digest('')).toMatch(/^[\w-]{22}$/);
});

test('a column that is empty leaves no trace, wherever it stands', () => {
  expect(contentDigest(columns, ['a', null, 'b'])).toBe(contentDigest(['title', 'size'], ['a', 'b']));
  expect(contentDigest([], [])).toBe(contentDigest(columns, [null, null, null]));
});

test.each([
  ['the column', ['a', null, null], [null, 'a', null]],
  ['the border between two values', ['ab', 'c', null], ['a', 'bc', null]],
  ['empty and absent', ['', null, null], [null, null, null]],
  ['a value that looks like two', ['a\nbrand 1 b', null, null], ['a', 'b', null]],
  ['case', ['a', null, null], ['A', null, null]],
  ['composition', ['é', null, null], ['e\u0301', null, null]],
])('%s makes a difference', (_what, one, other) => {
  expect(contentDigest(columns, one)).not.toBe(contentDigest(columns, other));
});
