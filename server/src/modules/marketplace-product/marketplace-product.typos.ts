import {
  lettersOf,
  piecesOf,
  plainWord,
  searchOf,
  titleWord,
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
  const plain = plainWord(word);
  const letters = lettersOf(plain);
  const { length } = letters;
  if (!/^\p{L}+$/u.test(plain) || length < shortestForgiven || length > longestForgiven) return null;
  return { pattern: typoPattern(letters), pieces: intactPieces(letters) };
}

/** As a regular expression whose branches have as many letters in a row as there are. */
function typoPattern(letters: readonly string[]): string {
  const { length } = letters;
  const edge = length < shortestWithEdges ? 1 : 0;
  const branches = new Set<string>();
  for (let at = edge; at < length - edge; at++) {
    const [before, after] = [letters.slice(0, at), letters.slice(at + 1)];
    // Another letter, or one too many; at the edges a part of the word is what is looked for.
    const inside = before.length > 0 && after.length > 0;
    branches.add([...before, inside ? '.?' : '', ...after].join(''));
  }
  for (let at = 1; at < length; at++) {
    const [before, letter = '', after] = [letters.slice(0, at - 1), letters[at - 1], letters.slice(at + 1)];
    // One missing before it.
    branches.add([...before, letter, '.', ...letters.slice(at)].join(''));
    branches.add([...before, letters[at], letter, ...after].join(''));
  }
  return `(${[...branches].join('|')})`;
}

/** One mistake leaves one half of the word as it is, unless the letters at the middle have changed places. */
function intactPieces(letters: readonly string[]): TitlePieces {
  const middle = Math.floor(letters.length / 2);
  if (middle < 3) return [];
  const [before = '', after = ''] = letters.slice(middle - 1, middle + 1);
  const swapped = [...letters.slice(0, middle - 1), after, before, ...letters.slice(middle + 1)];
  return [letters.slice(0, middle), letters.slice(middle), swapped].map((part) => piecesOf(part));
}
