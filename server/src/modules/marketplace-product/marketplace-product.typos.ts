import {
  lettersOf,
  piecesOf,
  lowerWord,
  searchOf,
  titleWord,
  wordEnd,
  wordStart,
  type ProductSearch,
  type TitlePieces,
  type TitleWord,
} from './marketplace-product.search.ts';

/** Of a shorter word too much else is only one letter away. */
const shortestForgiven = 4;
/** From here on the first and the last letter may be wrong as well: what is left still says what is meant. */
const shortestWithEdges = 5;
/** The pattern grows with the square of the word. */
const longestForgiven = 16;

/**
 * What the text is looked for as when nothing is found by its very letters: in each word of four letters or more one
 * may be wrong, missing or too many, or two of them change places. Null when there is no word that could be forgiven
 * anything: numbers are not, since another number is another model.
 */
export function forgivingSearchOf(text: string | null | undefined): ProductSearch | null {
  let forgiving = false;
  const search = searchOf(text, (word) => {
    const forgiven = typoWord(word);
    forgiving ||= forgiven !== null;
    return forgiven ?? titleWord(word);
  });
  return search && forgiving ? { ...search, numberPrefixes: [], gtins: [] } : null;
}

/** The word with one mistake in it at most; null for what is not to be forgiven. */
function typoWord(word: string): TitleWord | null {
  const lower = lowerWord(word);
  const letters = lettersOf(lower);
  const { length } = letters;
  if (!/^\p{L}+$/u.test(lower) || length < shortestForgiven || length > longestForgiven) return null;
  return { pattern: typoPattern(letters), pieces: intactPieces(letters) };
}

/** Shorter words have no half that the index could be asked for. */
const shortestWithHalves = 6;

/**
 * As a regular expression whose branches have as many letters in a row as there are. In a short word what is beside a
 * wrong letter in its middle says little: it has to be a word of its own.
 */
function typoPattern(letters: readonly string[]): string {
  const { length } = letters;
  const edge = length < shortestWithEdges ? 1 : 0;
  const branches = new Set<string>();
  for (let at = edge; at < length - edge; at++) {
    const [before, after] = [letters.slice(0, at), letters.slice(at + 1)];
    branches.add([...before, ...after].join(''));
    // At the edges a part of the word is what is looked for.
    if (at > 0 && at < length - 1) branches.add(gapPattern(before, after));
  }
  for (let at = 1; at < length; at++) {
    branches.add(gapPattern(letters.slice(0, at), letters.slice(at)));
    branches.add(swapped(letters, at).join(''));
  }
  return `(${[...branches].join('|')})`;
}

/** Any letter between these; beside one that is missing or another. */
const gapPattern = (before: readonly string[], after: readonly string[]) => {
  const gap = [...before, '.', ...after].join('');
  return needsEdges(before, after) ? `${wordStart}${gap}${wordEnd}` : gap;
};

/** Nothing else of a word is left that the index could be asked for. */
const needsEdges = (before: readonly string[], after: readonly string[]) =>
  before.length < 3 && after.length < 3;

const swapped = (letters: readonly string[], at: number): string[] => {
  const [before = '', after = ''] = letters.slice(at - 1, at + 1);
  return [...letters.slice(0, at - 1), after, before, ...letters.slice(at + 1)];
};

/** One mistake leaves one half of the word as it is, unless the letters at the middle have changed places. */
function intactPieces(letters: readonly string[]): TitlePieces {
  if (letters.length < shortestWithHalves) return piecesOfShort(letters);
  const middle = Math.floor(letters.length / 2);
  return [letters.slice(0, middle), letters.slice(middle), swapped(letters, middle)].map((part) =>
    piecesOf(part),
  );
}

/** Three letters at either end; or what these become by a mistake at the middle; or both ends of a word of its own. */
function piecesOfShort(letters: readonly string[]): TitlePieces {
  const { length } = letters;
  const ends = [letters.slice(0, 3), letters.slice(-3)];
  const shorter = Array.from({ length: length - 2 }, (_, at) => letters.toSpliced(at + 1, 1));
  const changed = Array.from({ length: length - 1 }, (_, at) => swapped(letters, at + 1));
  const isKnown = (parts: readonly string[]) =>
    ends.some((end) => parts.join('').startsWith(end.join('')) || parts.join('').endsWith(end.join('')));
  const whole = [...shorter, ...changed].filter((parts) => !isKnown(parts)).map((parts) => piecesOf(parts));
  const around =
    length < shortestWithEdges
      ? [
          [1, 2],
          [2, 3],
          [2, 2],
        ]
      : [[2, 3]];
  const gaps = around.map(([before, after]) => [
    wordStart + letters.slice(0, before).join(''),
    letters.slice(after).join('') + wordEnd,
  ]);
  return [...ends.map((end) => piecesOf(end)), ...whole, ...gaps];
}
