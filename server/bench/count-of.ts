/** A count of the command line. Throws at once for what is none, which a long bench would notice at its end. */
export function countOf(option: string, text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new Error(`--${option} takes a whole number from 1 up, and not "${text}".`);
}
