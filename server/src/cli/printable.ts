/** Control characters, and the marks that turn the direction of a line around. */
const unprintable = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** One line of text from outside, harmless to a terminal: feeds could hold sequences that it obeys. */
export const printable = (text: string): string => text.replaceAll(unprintable, '�');

/** As `printable`, at most `length` characters long. */
export function shortened(text: string, length: number): string {
  const letters = [...printable(text.slice(0, 2 * length))];
  return letters.length > length || text.length > 2 * length
    ? `${letters.slice(0, length - 1).join('')}…`
    : letters.join('');
}
