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
    ...[
      ...['Noël', 'Chloé', 'Zoë', 'poêle', 'Moët', 'canoë', 'Citroën', 'goéland', 'Aérateur', 'Raphaël'],
      ...['Québec', 'suède', 'laqué', 'muesli', 'ciguë', 'aigüe', 'škoda', 'Łódź', 'Žižkov', 'Čapek', 'Øl'],
      ...['Košice', 'Kağıt', 'Dvořák', 'Český', 'Tůma', 'Győr', 'Phở'],
    ].map((word) => [`by ${word}, as it is`, word, `Un ${word} bleu`] as const),
    ...[
      ...[
        ['noel', 'NOËL'],
        ['chloe', 'Chloé'],
        ['poele', 'Poêle'],
        ['quebec', 'Québec'],
        ['laque', 'Laqué'],
      ],
      ...[
        ['citroen', 'Citroën'],
        ['canoe', 'Canoë'],
        ['moet', 'Moët'],
        ['suede', 'Suède'],
        ['aerateur', 'Aérateur'],
      ],
      ...[
        ['skoda', 'Škoda'],
        ['lodz', 'Łódź'],
        ['zizkov', 'Žižkov'],
        ['capek', 'Čapek'],
        ['kosice', 'Košice'],
      ],
      ...[
        ['noël', 'Noel'],
        ['poêle', 'Poele'],
        ['škoda', 'Skoda'],
        ['łódź', 'Lodz'],
        ['phở', 'Pho'],
        ['käse', 'Kaese'],
      ],
      ...[
        ['käse', 'Kase'],
        ['müsli', 'Muesli'],
        ['müsli', 'Musli'],
        ['möbel', 'Moebel'],
        ['möbel', 'Mobel'],
      ],
      ...[
        ['aaa', 'Piles AAA'],
        ['eau', 'Eau de toilette'],
        ['oui', 'Ouï-dire'],
      ],
    ].map(([search = '', title = '']) => [`by ${search} for ${title}`, search, title] as const),
    ['by an apostrophe for that of printers', "d'olive", 'Huile d’olive'],
    ['by that of printers for an apostrophe', 'd’olive', "Huile d'olive"],
    ['by an apostrophe that it has not', "levi's", 'Levis 501'],
    ['by a short word behind an apostrophe', 'or', "Bague d'or"],
    ['by a short word behind that of printers, and another', 'bague or', 'Bague d’or'],
    ['by a hyphen for a blank', 't-shirt', 'T Shirt'],
    ['by a hyphen, as it is', 't-shirt', 'Mein (T-Shirt)'],
    ['by a hyphen that it has not', 't-shirt', 'Tshirt'],
    ['by a hyphen between words', 'led-lampe', 'LED Lampe'],
    ['by a hyphen for one that does not break', 'usb-c', 'Kabel USB‑C'],
    ['by a hyphen that does not break', 'usb‑c', 'Kabel USB-C'],
    ['by a hyphen for a blank before a letter', 'usb-c', 'USB C Kabel'],
    ['by a number behind a hyphen', 'wl-33', 'Leuchte WL-33042'],
  ] as (readonly [how: string, search: string, title: string])[])('%s', (_how, search, title) => {
    expect([matches(search, title), inIndex(search, title)]).toEqual([true, true]);
  });

  test.each([
    ['when one of the words is missing', 'lamp oak', 'Table lamp'],
    ['by a short word in the middle of one', 'am', 'Lamp'],
    ['by a dot as any character', '3.5', 'Disk 355'],
    ['by an asterisk as a wild card', 'la*p', 'Lamp'],
    ['by a per cent sign as a wild card', 'l%p', 'Lamp'],
    ['by a hyphen for a blank before a word that begins so', 'usb-c', 'USB Cable'],
    ['by a short part before a hyphen at the end of a word', 't-shirt', 'Velvet Shirt'],
    ['by ue for a bare u', 'buecher', 'Bucher'],
  ])('but not %s', (_how, search, title) => {
    expect(matches(search, title)).toBe(false);
  });
});

test.each([
  ['kettle', [['k[eèéêë]t', '[eèéêë]tt', 'tt[lł]', 't[lł][eèéêë]']]],
  ['cœur', [['[cçćč](o[eèéêë]|œ|ö|ø)[uùúûü]', '(o[eèéêë]|œ|ö|ø)[uùúûü][rř]']]],
  ['noël', [['[nñń][oòóôõöø][eèéêë]', '[oòóôõöø][eèéêë][lł]']]],
  ['maison', [['m[aàáâãäå][iìíîï]', '[sšśş][oòóôõöø][nñń]']]],
  ["d'eau", [['[eèéêë][aàáâãäå][uùúûü]']]],
  ['c++', []],
  ['tea', []],
  ['wl-33042', [['330', '304', '042']]],
])('of %s the index is asked for three letters at a time', (word, pieces) => {
  expect(searchOf(word)?.titlePieces).toEqual([pieces]);
});

test('the index is asked for no more spellings than it takes', () => {
  // Of more than 256 trigrams PostgreSQL asks for none at all (trgm_regexp.c, MAX_TRGM_COUNT).
  const letters = 'aceinosuyz';
  const words = [...letters].flatMap((a) => [...letters].flatMap((b) => [...letters].map((c) => a + b + c)));
  const sizeOf = (pattern: string) =>
    [...pattern.matchAll(/\[([^\]]+)\]|\(([^)]*)\)|./gu)].reduce(
      (size, [, list, pair]) => size * (list?.length ?? (pair ? 5 : 1)),
      1,
    );
  const tooMany = words.filter((word) => sizeOf(searchOf(word)?.titlePatterns[0] ?? '') > 256);
  expect(tooMany).toEqual([]);
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
