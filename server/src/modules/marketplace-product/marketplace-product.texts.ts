import type { LanguageCode } from '../../product-data/language.ts';
import { readUrl } from '../../product-data/url.ts';

/** When the asked language is not there, the first of these that is. */
export const languageFallback: readonly LanguageCode[] = ['EN', 'FR', 'DE'];

interface Text {
  readonly language: LanguageCode;
  readonly title: string;
}

/** The title in the asked language, else in the first of EN, FR, DE that there is; null when there is none. */
export function titleIn(texts: readonly Text[], language: LanguageCode | null | undefined): string | null {
  const wanted = language ? [language, ...languageFallback] : languageFallback;
  for (const one of wanted) {
    const text = texts.find((each) => each.language === one);
    if (text) return text.title;
  }
  return null;
}

/** The address when it may be followed: an absolute one of http or https. Null for everything else. */
export const followable = (address: unknown): string | null =>
  typeof address === 'string' && readUrl(address).ok ? address : null;

/** Those of a stored list that may be followed. */
export const followableList = (addresses: unknown): string[] =>
  Array.isArray(addresses) ? addresses.flatMap((address) => followable(address) ?? []) : [];

interface Pictures {
  readonly imageLink: string | null;
  readonly additionalImageLink: unknown;
}

/** The addresses of a product's pictures, the main one first, each once. */
export const picturesOf = ({ imageLink, additionalImageLink }: Pictures): string[] => [
  ...new Set([...followableList([imageLink]), ...followableList(additionalImageLink)]),
];
