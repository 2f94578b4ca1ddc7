import { Prisma } from '../../generated/prisma/client.ts';

/** What a text is looked for as, in the titles and numbers of products. */
export interface ProductSearch {
  /** Regular expressions of PostgreSQL, of which a title matches all; empty when no title can. */
  readonly titlePatterns: readonly string[];
  /** Beginnings of product numbers, in the cases that people write them in. */
  readonly numberPrefixes: readonly string[];
  /** GTINs, with the zeros that other lengths have in front. */
  readonly gtins: readonly string[];
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
 * beginning of a product's number, or a GTIN. `patternOf` makes another pattern of each word.
 */
export function searchOf(
  text: string | null | undefined,
  patternOf: (word: string) => string = titlePattern,
): ProductSearch | null {
  const asked = (text ?? '')
    .replaceAll(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, longestSearch);
  if (asked === '') return null;
  const words = asked.split(/\s+/, mostWords).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return {
    titlePatterns: words.map((word) => patternOf(word)),
    numberPrefixes: [...new Set([asked, asked.toUpperCase(), asked.toLowerCase()])],
    gtins: gtinVariants(asked),
  };
}

/** The word without accents, in lower case: what `lettersOf` takes. */
export const plainWord = (word: string): string =>
  word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** The regular expression of a title that has the word. */
export function titlePattern(word: string): string {
  const plain = plainWord(word);
  const longest = Math.max(...plain.split(/[^\p{L}\p{N}]+/u).map((part) => [...part].length));
  return (longest > shortWord ? '' : '(^|[ (,/-])') + lettersOf(plain).join('');
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
  Prisma.sql`(${Prisma.join(
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
