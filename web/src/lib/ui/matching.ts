/** Without case and accents, so that "deco" finds "Déco". */
export const plainText = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/**
 * The text in pieces, those marked that match the words of a query: how a list of hits shows why each is one.
 * Joined, the pieces are the text.
 */
export function markMatches(text: string, query: string): readonly { text: string; match: boolean }[] {
  const words = plainText(query).split(/\s+/).filter(Boolean);
  const letters = [...text];
  const plain = letters.map(plainText);
  const marked = new Set<number>();
  for (const word of words) markWord(plain, word, marked);
  const pieces: { text: string; match: boolean }[] = [];
  for (const [index, letter] of letters.entries()) {
    const match = marked.has(index);
    const last = pieces.at(-1);
    if (last?.match === match) last.text += letter;
    else pieces.push({ text: letter, match });
  }
  return pieces;
}

/** Marks each place where the word begins, letter by letter: an accent may make a letter longer or shorter. */
function markWord(plain: readonly string[], word: string, marked: Set<number>): void {
  for (let start = 0; start < plain.length; start += 1) {
    let found = '';
    let end = start;
    while (end < plain.length && found.length < word.length) {
      found += plain[end] ?? '';
      end += 1;
    }
    if (found !== word) continue;
    for (let index = start; index < end; index += 1) marked.add(index);
  }
}

/** True when every word of the query is somewhere in the text. An empty query matches everything. */
export function matches(text: string, query: string): boolean {
  const plain = plainText(text);
  return plainText(query)
    .split(/\s+/)
    .every((word) => plain.includes(word));
}
