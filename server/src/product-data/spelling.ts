const gaps = /[\s_\-\u2010-\u2015'’]+/g;

/** A spelling reduced to what tells it from others: no case, accents, blanks, hyphens, underscores, apostrophes. */
export function foldSpelling(text: string): string {
  const plain = text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '');
  return plain.replaceAll('ß', 'ss').replaceAll('œ', 'oe').replaceAll(gaps, '');
}

/** Longer texts are no spelling of anything, and not worth folding. */
const maxSpellingLength = 100;

/**
 * A look-up of the value that a spelling stands for, or undefined. German umlauts may be written `ae`, `oe`,
 * `ue`. Spellings as listed are found without folding them first.
 */
export function spellings<T>(
  entries: readonly (readonly [T, readonly string[]])[],
): (text: string) => T | undefined {
  const values = new Map<string, T>();
  for (const [value, names] of entries) {
    for (const name of names) {
      const expanded = name.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue');
      for (const spelling of [name, foldSpelling(name), foldSpelling(expanded)]) values.set(spelling, value);
    }
  }
  return (text) =>
    values.get(text) ?? (text.length > maxSpellingLength ? undefined : values.get(foldSpelling(text)));
}
