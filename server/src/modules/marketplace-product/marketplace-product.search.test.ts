// @module-tag marketplace-product
import { describe, expect, test } from 'vitest';
import { gtinVariants, searchOf } from './marketplace-product.search.ts';

const patternsOf = (text: string) =>
  searchOf(text)?.titlePatterns.map((pattern) => new RegExp(pattern, 'iu'));
const matches = (text: string, title: string) => patternsOf(text)?.every((pattern) => pattern.test(title));
/** Whether the index of titles, asked for the pieces, brings the title. */
const inIndex = (text: string, title: string) =>
  searchOf(text)?.titlePieces.every(
    (lists) =>
      lists.length === 0 || lists.some((list) => list.every((piece) => new RegExp(piece, 'iu').test(title))),
  );

describe('a title is found', () => {
  test.each([
    ['by a word in it', 'lamp', 'Table lamp'],
    ['by a part of a word', 'amp', 'Table lamp'],
    ['whatever the case', 'LAMP', 'Table lamp'],
    ['without its accents', 'theiere', 'Théière en fonte'],
    ['with accents that it has not', 'thé', 'The kettle'],
    ['by accents that are characters of their own', 'the\u0301', 'Théière'],
    ['by ue for ü', 'buecher', 'Regal für Bücher'],
    ['by u for ü', 'bucher', 'Regal für Bücher'],
    ['by ss for ß', 'strasse', 'Straße'],
    ['by ß for ss', 'straße', 'Strasse'],
    ['by oe for œ', 'coeur', 'Cœur de Lion'],
    ['by œ for oe', 'cœur', 'Coeur de Lion'],
    ['by words in another order', 'lamp table', 'Table lamp'],
    ['by a short word where one begins', 'tv', 'Wall mount (TV)'],
    ['by a single letter where a word begins', 'x', 'Model X'],
    ['by characters that mean something to patterns', 'c++', 'Learning C++'],
    ['by a dot, as it is', '3.5', 'Disk 3.5"'],
  ])('%s', (_how, search, title) => {
    expect([matches(search, title), inIndex(search, title)]).toEqual([true, true]);
  });

  test.each([
    ['when one of the words is missing', 'lamp oak', 'Table lamp'],
    ['by a short word in the middle of one', 'am', 'Lamp'],
    ['by a dot as any character', '3.5', 'Disk 355'],
    ['by an asterisk as a wild card', 'la*p', 'Lamp'],
    ['by a per cent sign as a wild card', 'l%p', 'Lamp'],
  ])('but not %s', (_how, search, title) => {
    expect(matches(search, title)).toBe(false);
  });
});

test.each([
  ['kettle', [['k[eèéêë]t', '[eèéêë]tt', 'ttl', 'tl[eèéêë]']]],
  ['cœur', [['[cç](oe|œ|ö)[uùúûü]', '(oe|œ|ö)[uùúûü]r']]],
  ['c++', []],
  ['tea', []],
  ['wl-33042', [['330', '304', '042']]],
])('of %s the index is asked for three letters at a time', (word, pieces) => {
  expect(searchOf(word)?.titlePieces).toEqual([pieces]);
});

test.each([null, undefined, '', '  ', '\0\u200b\t'])('%j is no search', (text) => {
  expect(searchOf(text)).toBeNull();
});

test('punctuation alone can only be the beginning of a number', () => {
  expect(searchOf('--')).toEqual({ titlePatterns: [], titlePieces: [], numberPrefixes: ['--'], gtins: [] });
});

test('a number is looked for as it is typed, and in either case', () => {
  expect(searchOf('wl-33')?.numberPrefixes).toEqual(['wl-33', 'WL-33']);
});

test('a search is cut at 100 characters and eight words', () => {
  expect(searchOf('a'.repeat(5000))?.numberPrefixes).toEqual(['a'.repeat(100), 'A'.repeat(100)]);
  expect(searchOf('one two three four five six seven eight nine ten')?.titlePatterns).toHaveLength(8);
});

test.each([
  ['4006381333931', ['4006381333931', '04006381333931']],
  ['4006-3813 33931', ['4006381333931', '04006381333931']],
  ['036000291452', ['036000291452', '0036000291452', '00036000291452']],
  ['00036000291452', ['036000291452', '0036000291452', '00036000291452']],
  ['40170725', ['40170725', '000040170725', '0000040170725', '00000040170725']],
  ['1234567', []],
  ['123456789012345', []],
  ['400638133393X', []],
])('the GTIN %s is looked for in every length that it may be stored in', (gtin, variants) => {
  expect(gtinVariants(gtin)).toEqual(variants);
});
