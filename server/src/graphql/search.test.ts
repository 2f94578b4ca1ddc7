// @module-tag graphql
import { expect, test } from 'vitest';
import { searchPattern, storable } from './search.ts';

test.each([
  ['weber', '%weber%'],
  ['  weber  ', '%weber%'],
  ['100%', '%100\\%%'],
  ['a_b', '%a\\_b%'],
  ['a\\b', '%a\\\\b%'],
  ['a\u0000b', '%a b%'],
  ['', null],
  ['   ', null],
  ['\u0000', null],
  [null, null],
  [undefined, null],
])('%j is looked for as %j', (search, pattern) => {
  expect(searchPattern(search)).toBe(pattern);
});

test('of a long text the beginning is looked for', () => {
  expect(searchPattern('x'.repeat(1000))).toBe(`%${'x'.repeat(100)}%`);
});

test('text that no column can hold is compared as text that none has', () => {
  expect(storable('Fontaine\0')).toBe('Fontaine\ufffd');
});
