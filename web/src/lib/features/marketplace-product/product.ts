import type { FeedLanguage } from '#lib/features/import/feed-words.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Language } from '#lib/format/locale.ts';
import type { ImportedProductFragment, ImportedProductsQuery } from '#lib/graphql/generated/graphql.ts';

/** A product as its own page reads it. */
export type ImportedProduct = ImportedProductFragment;
export type ProductTexts = ImportedProduct['translations'][number];

/** A product as the list reads it. */
export type ListedProduct = ImportedProductsQuery['marketplaceProducts']['edges'][number]['node'];

/** The BCP 47 tag of a feed's text, so that it is read out and hyphenated as what it is. */
export const langOf: Readonly<Record<FeedLanguage, string>> = { EN: 'en', FR: 'fr', DE: 'de' };

/** The feed whose texts a reader of the pages understands. */
export const feedLanguageOf: Readonly<Record<Language, FeedLanguage>> = { en: 'EN', fr: 'FR', de: 'DE' };

/** The texts in the first of the wanted languages that there are; else the first there are; null without any. */
export function preferTexts<Texts extends { readonly language: FeedLanguage }>(
  texts: readonly Texts[],
  wanted: readonly FeedLanguage[],
): Texts | null {
  for (const language of wanted) {
    const found = texts.find((one) => one.language === language);
    if (found) return found;
  }
  return texts[0] ?? null;
}

/** The title for who reads these languages, or that there is none. */
export const titleOf = (
  { translations }: Pick<ListedProduct, 'translations'>,
  wanted: readonly FeedLanguage[],
): string => preferTexts(translations, wanted)?.title ?? m.imported_without_title();
