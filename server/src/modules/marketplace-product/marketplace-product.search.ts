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
  /** The pattern for when no word of the search has anything for the index but this one; the same if not given. */
  readonly alone?: string;
}

/** Nobody types more; keeps the patterns cheap. */
const longestSearch = 100;
const mostWords = 8;
/** Shorter ones have no three letters for the index, so they are looked for where words begin. */
const shortWord = 2;

/** What a letter may be written as. Each costs look-ups in the index, so only what is frequent in shops around here. */
const accents: Readonly<Record<string, string>> = {
  ...{ a: 'àáâãäå', e: 'èéêë', i: 'ìíîï', o: 'òóôõöø', u: 'ùúûü', y: 'ýÿ' },
  ...{ c: 'çćč', g: 'ğ', l: 'ł', n: 'ñń', r: 'ř', s: 'šśş', z: 'žźż' },
};
const plainLetters = new Map(
  Object.entries(accents).flatMap(([letter, accented]) =>
    [...accented].map((each) => [each, letter] as const),
  ),
);

/** The same of pairs of letters, which may be one, and of what may be a pair. */
const pairs: readonly (readonly [RegExp, string])[] = [
  [/^(ae|æ)/, '(a[eèéêë]|æ|ä)'],
  [/^(oe|œ)/, '(o[eèéêë]|œ|ö|ø)'],
  [/^ue/, '([uü][eèéêë]|ü)'],
  [/^(ss|ß)/, '(ss|ß)'],
  [/^ä/, '(ae|æ|[aàáâãäå])'],
  [/^[öø]/, '(oe|œ|[oòóôõöø])'],
  [/^ü/, '(ue|[uùúûü])'],
];
const spellingsOfPair = 8;

/** Of more trigrams than 256 PostgreSQL asks the index for none (trgm_regexp.c, MAX_TRGM_COUNT). */
const mostTrigrams = 256;

const hyphens = '-‐‑‒–';
const apostrophes = "'’‘´`";
/** What these are looked for as: a hyphen may be missing, or a blank. */
const joints: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`^[${hyphens}]`), `[${hyphens} \u00a0]?`],
  [new RegExp(`^[${apostrophes}]`), `[${apostrophes}]?`],
];
/** What may stand beside a word, of which the index knows: listed, and nothing beyond U+07FF (regex.h, MAX_SIMPLE_CHR). */
const beside = ' \u00a0(),./:;!?"«»&+\'`´';
export const wordStart = `(^|[${beside}-])`;
export const wordEnd = `($|[${beside}-])`;
/** The same with what printers use. */
const anyWordStart = `(^|[${beside}\u202f“”„‘’—‐‑‒–-])`;

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
    .normalize('NFC')
    .replaceAll(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, longestSearch);
  if (asked === '') return null;
  const words = asked.split(/\s+/, mostWords).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const titleWords = words.map((word) => wordOf(word));
  const isAlone = titleWords.every(({ alone }) => alone !== undefined);
  return {
    titlePatterns: titleWords.map(({ pattern, alone = pattern }) => (isAlone ? alone : pattern)),
    titlePieces: titleWords.map(({ pieces, alone }) => (isAlone || alone === undefined ? pieces : [[]])),
    numberPrefixes: [...new Set([asked, asked.toUpperCase(), asked.toLowerCase()])],
    gtins: gtinVariants(asked),
  };
}

/** The word in lower case, without marks that its letters do not have as their own: what `lettersOf` takes. */
export const lowerWord = (word: string): string =>
  word
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/[\u0300-\u036f]/g, '');

const startsShort = new RegExp(`^[\\p{L}\\p{N}]{1,${shortWord}}[${hyphens}${apostrophes}]`, 'u');
const endsShort = new RegExp(`^(.*[\\p{L}\\p{N}])[${hyphens}]([\\p{L}\\p{N}]{1,${shortWord}})$`, 'u');

/** The word as it is typed, in whatever spelling of its letters. */
export function titleWord(word: string): TitleWord {
  const lower = lowerWord(word);
  const longest = Math.max(...lower.split(/[^\p{L}\p{N}]+/u).map((part) => [...part].length));
  const [, head = lower, tail = ''] = endsShort.exec(lower) ?? [];
  const letters = lettersOf(head);
  const pieces = piecesOf(letters);
  const rest = letters.join('') + (tail && shortTail(lettersOf(tail).join('')));
  if (longest <= shortWord) return { pattern: anyWordStart + rest, pieces: [], alone: wordStart + rest };
  const pattern = (startsShort.test(lower) ? anyWordStart : '') + rest;
  return { pattern, pieces: pieces.length > 0 && pieces[0] !== pattern ? [pieces] : [] };
}

/** Behind a blank it has to be a word: `usb-c` is no "USB cable". */
const shortTail = (tail: string) => `([${hyphens}]?${tail}|[ \u00a0]${tail}(?!\\w))`;

const isLetter = (letter: string) => /^([([].*[)\]]|[\p{L}\p{N}])$/u.test(letter);

/** More make no search more exact. */
const mostPieces = 8;
/** Trigrams of them together: more cost more than they keep from being read. Two pieces are taken in any case. */
const enoughTrigrams = 100;

/** What is to be found side by side of these letters, three at a time; not all where that is too much for the index. */
export function piecesOf(letters: readonly string[]): string[] {
  const all = letters
    .map((_letter, at) => letters.slice(at, at + 3))
    .filter((three) => three.length === 3 && three.every(isLetter));
  const size = (three: readonly string[]) => three.reduce((product, each) => product * sizeOf(each), 1);
  const chosen = new Set<readonly string[]>();
  let trigrams = 0;
  for (const three of all.toSorted((a, b) => size(a) - size(b)).slice(0, mostPieces)) {
    trigrams += size(three);
    if (trigrams <= enoughTrigrams || chosen.size < 2) chosen.add(three);
  }
  return all.filter((three) => chosen.has(three)).map((three) => three.join(''));
}

/** The letters of a word, or pairs that are written as one, each as a pattern of all that it may be written as. */
export function lettersOf(word: string): string[] {
  const letters: string[][] = [];
  for (let rest = word; rest !== '';) {
    const found = [...pairs, ...joints].find(([start]) => start.test(rest));
    const [start = ''] = found?.[0].exec(rest) ?? [String.fromCodePoint(rest.codePointAt(0) ?? 0)];
    letters.push(found ? [found[1]] : spellingsOf(start));
    rest = rest.slice(start.length);
  }
  for (const at of letters.keys()) narrow(letters.slice(at, at + 3));
  return letters.map(([widest = '']) => widest);
}

/** A letter with all its accents, and as it is typed. */
function spellingsOf(typed: string): string[] {
  const [, base = typed] = /^(.)\p{M}+$/u.exec(typed.normalize('NFD')) ?? [];
  const letter = plainLetters.get(typed) ?? base;
  const all = new Set([letter, ...(accents[letter] ?? ''), typed]);
  const plain = typed.replace(special, '\\$&');
  return all.size > 1 ? [`[${[...all].join('')}]`, plain] : [plain];
}

const sizeOf = (pattern: string) =>
  pattern.startsWith('(') ? spellingsOfPair : Math.max(1, [...pattern].length - '[]'.length);

/** Takes the accents from letters that stand side by side, until the index can be asked for them. */
function narrow(letters: readonly string[][]): void {
  const size = ([widest = '']: readonly string[]) => sizeOf(widest);
  while (letters.reduce((product, letter) => product * size(letter), 1) > mostTrigrams) {
    const [most] = letters.filter(({ length }) => length > 1).sort((a, b) => size(b) - size(a));
    if (!most) return;
    most.shift();
  }
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

/** The same condition for the index of titles, of all stores, to find what it holds for. */
export function titleInIndex({ titlePatterns, titlePieces }: ProductSearch, column: Prisma.Sql): Prisma.Sql {
  if (titlePatterns.length === 0) return Prisma.sql`false`;
  return Prisma.join(
    titlePatterns.map((pattern, at) => {
      const pieces = titlePieces[at] ?? [];
      if (pieces.length === 0) return Prisma.sql`${column} ~* ${pattern}`;
      // Not of the bare column: the index is not to be asked for the whole pattern as well, or instead.
      const whole = Prisma.sql`(${column} || '') ~* ${pattern}`;
      if (pieces.some((list) => list.length === 0)) return whole;
      const all = pieces.map((list) =>
        Prisma.join(
          list.map((piece) => Prisma.sql`${column} ~* ${piece}`),
          ' AND ',
        ),
      );
      return Prisma.sql`(${Prisma.join(all, ' OR ')}) AND ${whole}`;
    }),
    ' AND ',
  );
}
