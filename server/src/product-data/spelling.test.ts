// @module-tag product-data
import { expect, test } from 'vitest';
import { foldSpelling, spellings } from './spelling.ts';

const lookUp = spellings([
  [1, ['Größe', 'très bien']],
  [2, ["d'œuvre"]],
]);

test.each([
  ['Größe', 1],
  ['GROESSE', 1],
  ['grosse', 1],
  ['Tres_Bien', 1],
  ['doeuvre', 2],
  ['D’Œuvre', 2],
  ['constructor', undefined],
  ['__proto__', undefined],
  ['', undefined],
])('%j is found as %s', (text, value) => {
  expect(lookUp(text)).toBe(value);
});

test('a spelling has no case, accents, blanks, hyphens or apostrophes', () => {
  expect(foldSpelling('  L’État–Neuf_2 ')).toBe('letatneuf2');
});
