import { Prisma } from '../../generated/prisma/client.ts';

/** What a text is looked for as, in the titles and numbers of products. */
export interface ProductSearch {
  /** Regular expressions of PostgreSQL, of which a title matches all; empty when no title can. */
  readonly titlePatterns: readonly string[];
  /** For each of these, what the index of titles is asked for. */
  readonly titlePieces: readonly TitlePieces[];
  /** Beginnings of product numbers, in the cases that people write them in. */
  readonly numberPrefixes: readonly string[];
  /** GTINs, with the zeros that other lengths have in front. */
  readonly gtins: readonly string[];
}

/**
 * Lists of patterns: a title that matches matches all of one of them at least. Each is of three letters, since of a
 * longer pattern with many spellings PostgreSQL takes only a part to the index (trgm_regexp.c, WISH_TRGM_PENALTY), and
 * reads a hundred times as many titles. Empty when the pattern itself does as well.
 */
export type TitlePieces = readonly (readonly string[])[];

/** A word of a search. */
export interface TitleWord {
  readonly pattern: string;
  readonly pieces: TitlePieces;
}

/** Nobody types more; keeps the patterns cheap. */
const longestSearch = 100;
const mostWords = 8;
/** Shorter ones have no three letters for the index, so they are looked for where words begin. */
const shortWord = 2;

/** What a letter, or a pair of letters, may be written as: trigrams of all of them are looked up in the index. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/^(ae|æ)/, '(ae|æ|ä)'],
  [/^(oe|œ)/, '(oe|œ|ö)'],
  [/^ue/, '(ue|ü)'],
  [/^(ss|ß)/, '(ss|ß)'],
  [/^a/, '[aàáâãäå]'],
  [/^c/, '[cç]'],
  [/^e/, '[eèéêë]'],
  [/^i/, '[iìíîï]'],
  [/^n/, '[nñ]'],
  [/^[oø]/, '[oòóôõöø]'],
  [/^u/, '[uùúûü]'],
  [/^y/, '[yýÿ]'],
];

/** What means something else than itself in a regular expression. */
const special = /[.^$*+?()[\]{}|\\]/;

const gtinLengths = [8, 12, 13, 14];

/**
 * What the text is looked for as; null when it is blank. A title matches when it has all the words, in any order,
 * whatever their accents and case; a word of one or two letters where one begins. The whole text may also be the
 * beginning of a product's number, or a GTIN. `wordOf` makes another pattern of each word.
 */
export function searchOf(
  text: string | null | undefined,
  wordOf: (word: string) => TitleWord = titleWord,
): ProductSearch | null {
  const asked = (text ?? '')
    .replaceAll(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, longestSearch);
  if (asked === '') return null;
  const words = asked.split(/\s+/, mostWords).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const titleWords = words.map((word) => wordOf(word));
  return {
    titlePatterns: titleWords.map(({ pattern }) => pattern),
    titlePieces: titleWords.map(({ pieces }) => pieces),
    numberPrefixes: [...new Set([asked, asked.toUpperCase(), asked.toLowerCase()])],
    gtins: gtinVariants(asked),
  };
}

/** The word without accents, in lower case: what `lettersOf` takes. */
export const plainWord = (word: string): string =>
  word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** The word as it is typed, in whatever spelling of its letters. */
export function titleWord(word: string): TitleWord {
  const plain = plainWord(word);
  const longest = Math.max(...plain.split(/[^\p{L}\p{N}]+/u).map((part) => [...part].length));
  const letters = lettersOf(plain);
  const pieces = piecesOf(letters);
  return {
    pattern: (longest > shortWord ? '' : '(^|[ (,/-])') + letters.join(''),
    pieces: pieces.length > 1 ? [pieces] : [],
  };
}

/** More make no search more exact. */
const mostPieces = 8;
const isLetter = (letter: string) => /^(\(|\[|[\p{L}\p{N}]$)/u.test(letter);

/** All that is to be found side by side of these letters, three at a time. */
export function piecesOf(letters: readonly string[]): string[] {
  return letters
    .flatMap((_letter, at) => {
      const three = letters.slice(at, at + 3);
      return three.length === 3 && three.every(isLetter) ? three.join('') : [];
    })
    .slice(0, mostPieces);
}

/** The letters of a plain word, or pairs that are written as one, each as a pattern of all that it may be written as. */
export function lettersOf(word: string): string[] {
  const letters: string[] = [];
  for (let rest = word; rest !== '';) {
    const found = spellings.find(([start]) => start.test(rest));
    const [start = ''] = found?.[0].exec(rest) ?? [String.fromCodePoint(rest.codePointAt(0) ?? 0)];
    letters.push(found?.[1] ?? start.replace(special, '\\$&'));
    rest = rest.slice(start.length);
  }
  return letters;
}

/** The code in all lengths that mean the same (GS1 General Specifications 3.3.2: zeros fill up to 14 digits). */
export function gtinVariants(text: string): string[] {
  const digits = text.replaceAll(/[\s-]/g, '');
  if (!/^\d{8,14}$/.test(digits)) return [];
  const significant = digits.replace(/^0+/, '');
  return gtinLengths
    .filter((length) => length >= significant.length)
    .map((length) => significant.padStart(length, '0'));
}

const likePrefix = (text: string) => `${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** An SQL condition on a product's number. */
export const numberMatches = ({ numberPrefixes }: ProductSearch, column: Prisma.Sql): Prisma.Sql =>
  numberPrefixes.length === 0
    ? Prisma.sql`false`
    : Prisma.sql`(${Prisma.join(
        numberPrefixes.map((prefix) => Prisma.sql`${column} LIKE ${likePrefix(prefix)}`),
        ' OR ',
      )})`;

/** An SQL condition on a title. */
export const titleMatches = ({ titlePatterns }: ProductSearch, column: Prisma.Sql): Prisma.Sql =>
  titlePatterns.length === 0
    ? Prisma.sql`false`
    : Prisma.join(
        titlePatterns.map((pattern) => Prisma.sql`${column} ~* ${pattern}`),
        ' AND ',
      );

/** The same condition for the index of titles, of all stores, to find what it holds for. */
export function titleInIndex({ titlePatterns, titlePieces }: ProductSearch, column: Prisma.Sql): Prisma.Sql {
  if (titlePatterns.length === 0) return Prisma.sql`false`;
  return Prisma.join(
    titlePatterns.map((pattern, at) => {
      const pieces = titlePieces[at] ?? [];
      if (pieces.length === 0) return Prisma.sql`${column} ~* ${pattern}`;
      const all = pieces.map((list) =>
        Prisma.join(
          list.map((piece) => Prisma.sql`${column} ~* ${piece}`),
          ' AND ',
        ),
      );
      // Not of the bare column: the index is not to be asked for the whole pattern as well, or instead.
      return Prisma.sql`(${Prisma.join(all, ' OR ')}) AND (${column} || '') ~* ${pattern}`;
    }),
    ' AND ',
  );
}
