import type { Language } from '../product-data/language.ts';

/** In the order in which word tables have their columns. */
export const demoLanguages = ['fr', 'en', 'de'] as const satisfies readonly Language[];

/** One text in each language. */
export type Words = Readonly<Record<Language, string>>;

/**
 * The rows of a table written as text, one line a row, cells separated by `|`. So translations stand side
 * by side and can be read and corrected as one list.
 */
export function wordTable<K extends string>(
  columns: readonly K[],
  text: string,
): Readonly<Record<K, string>>[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    if (cells.length !== columns.length) throw new Error(`A line of a word table is out of step: ${line}`);
    return Object.fromEntries(columns.map((column, i) => [column, cells[i]])) as Record<K, string>;
  });
}

/** The rows of a word table with nothing but French, English and German. */
export const words = (text: string): readonly Words[] => wordTable(demoLanguages, text);

/** One text a language, each made by the same function. */
export const inEach = (write: (language: Language) => string): Words => ({
  fr: write('fr'),
  en: write('en'),
  de: write('de'),
});

/** A template with each `{name}` replaced; an unknown name is a mistake in a word table. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`Nothing is known as {${name}}.`);
    return String(value);
  });
}

/** The entry of that name; its absence is a mistake in a word table. */
export function listed<T>(entries: Readonly<Record<string, T>>, name: string): T {
  const entry = entries[name];
  if (entry === undefined) throw new Error(`No word table has ${name}.`);
  return entry;
}

/** French sets no-break spaces before high punctuation and inside its quotation marks. */
const frenchSpaces = (text: string) =>
  text.replaceAll(/ (?=[:;?!»€%])/g, '\u00a0').replaceAll('« ', '«\u00a0');

/** A text with the spaces that its language wants. */
export const typeset = (language: Language, text: string) => (language === 'fr' ? frenchSpaces(text) : text);

/** A name as it stands in a web address: lower case, without accents, words joined by hyphens. */
export function slug(text: string): string {
  const letters = text.toLowerCase().replaceAll('ß', 'ss').replaceAll('œ', 'oe').normalize('NFKD');
  return letters
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
