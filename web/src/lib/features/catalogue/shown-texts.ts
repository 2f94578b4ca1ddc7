import type { FeedLanguage } from '#lib/features/import/feed-words.ts';

/** When the asked language is not there, the first of these that is: as the API does it for shop pages. */
const fallback: readonly FeedLanguage[] = ['EN', 'FR', 'DE'];

/** The texts that a shopper of this language gets; null for a product without any. */
export function shownTexts<Texts extends { readonly language: FeedLanguage }>(
  texts: readonly Texts[],
  wanted: FeedLanguage,
): Texts | null {
  for (const language of [wanted, ...fallback]) {
    const found = texts.find((one) => one.language === language);
    if (found) return found;
  }
  return null;
}
