// @module-tag marketplace-product
import { describe, expect, test } from 'vitest';
import { forgivingSearchOf } from './marketplace-product.typos.ts';

const matches = (text: string, title: string) =>
  forgivingSearchOf(text)?.titlePatterns.every((pattern) => new RegExp(pattern, 'iu').test(title));

/** Whether the index of titles, asked for the pieces, brings the title. */
const inIndex = (text: string, title: string) =>
  forgivingSearchOf(text)?.titlePieces.every(
    (lists) =>
      lists.length === 0 || lists.some((list) => list.every((piece) => new RegExp(piece, 'iu').test(title))),
  );

describe('a title is found', () => {
  test.each([
    ['with another letter in a word', 'lanterme', 'Lanterne'],
    ['with a letter missing', 'lantrne', 'Lanterne'],
    ['with a letter too many', 'lantterne', 'Lanterne'],
    ['with two letters that change places', 'latnerne', 'Lanterne'],
    ['with its first letter wrong', 'kanterne', 'Lanterne'],
    ['with its last letter wrong', 'lanterna', 'Lanterne'],
    ['with its first letter missing', 'anterne', 'Lanterne'],
    ['without its accents', 'theirere', 'Théière'],
    ['with accents of its own', 'téhière', 'Théière'],
    ['with a mistake in each of two words', 'wandurh schwraz', 'Wanduhr, schwarz'],
    ['with a mistake beside ü', 'buhcer', 'Regal für Bücher'],
    ['with a mistake beside ß', 'strabe', 'Große Straße'],
    ['with the right number beside a mistake', 'lanterme 3000', 'Lanterne 3000'],
    ['with a short word beside a mistake', 'tv wandhalterunk', 'Wandhalterung (TV)'],
    ['by its right words too', 'lanterne', 'Lanterne'],
    ['with another letter in the middle of five', 'lanpe', 'Eine Lampe, rot'],
    ['with a letter missing in the middle of five', 'lape', 'Eine Lampe'],
    ['with two of five that change places', 'lapme', 'Tischlampe'],
    ['with the first of five wrong', 'kampe', 'Tischlampe'],
    ['with another letter in a word of four', 'hind', 'Hund'],
    ['with a letter missing in a word of four', 'tich', 'Tisch'],
    ['with two letters of four that change places', 'hnud', 'Hund'],
  ])('%s', (_how, search, title) => {
    expect([matches(search, title), inIndex(search, title)]).toEqual([true, true]);
  });

  test.each([
    ['with two mistakes in a word', 'lamterme', 'Lanterne'],
    ['with the first letter of a word of four wrong', 'hund', 'Mund'],
    ['with another number', 'lanterme 3001', 'Lanterne 3000'],
    ['with a mistake in one word and another word missing', 'lanterme rouge', 'Lanterne'],
    ['by characters that mean something to patterns', 'lan.*ne', 'Lanterne'],
  ])('but not %s', (_how, search, title) => {
    expect(matches(search, title) ?? false).toBe(false);
  });
});

test.each([
  ['nothing', ''],
  ['a word of three letters', 'mer'],
  ['a number', '12345'],
  ['a number with letters in it', 'wl-33042'],
  ['a word that is longer than words are', 'a'.repeat(40)],
  ['punctuation', '****'],
])('there is nothing to forgive in %s', (_what, search) => {
  expect(forgivingSearchOf(search)).toBeNull();
});

test.each(['lanternes', 'wander', 'lampe', 'hund'])(
  'one mistake anywhere in %s leaves what the index is asked for',
  (word) => {
    const letters = [...word];
    const mistakes = letters.flatMap((letter, at) => {
      const [before, after] = [letters.slice(0, at).join(''), letters.slice(at + 1).join('')];
      const swapped = at > 0 ? `${before.slice(0, -1)}${letter}${before.slice(-1)}${after}` : word;
      return [before + after, `${before}x${after}`, `${before}x${letter}${after}`, swapped];
    });
    // The first or the last letter may be one too many, which a part of the title is then.
    const typed = mistakes.filter((each) => each.length > 3);
    const found = typed.map((each) => [each, matches(each, word), inIndex(each, word)]);
    expect(found.filter(([, matched]) => matched).length).toBeGreaterThan(word.length * 2);
    expect(found.filter(([, matched, indexed]) => matched && !indexed)).toEqual([]);
    expect(mistakes.every((title) => !matches(word, title) || inIndex(word, title))).toBe(true);
  },
);

test.each(['lanternes', 'wander', 'lampe', 'hund'])(
  'the index is asked for something in every way to %s',
  (word) => {
    const [lists = []] = forgivingSearchOf(word)?.titlePieces ?? [];
    expect(lists.length).toBeGreaterThan(0);
    expect(lists.every((list) => list.length > 0)).toBe(true);
  },
);

test('numbers and GTINs are looked for as they are, or not at all', () => {
  expect(forgivingSearchOf('lanterme 4006381333931')).toMatchObject({ numberPrefixes: [], gtins: [] });
});

test('however long the words, the patterns stay short', () => {
  const search = Array.from({ length: 8 }, () => 'électricitésoleil')
    .join(' ')
    .slice(0, 100);
  const patterns = forgivingSearchOf(search)?.titlePatterns ?? [];
  expect(patterns.join('').length).toBeLessThan(60_000);
});
