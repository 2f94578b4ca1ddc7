import type { FeedLanguage } from '#lib/features/import/feed-words.ts';
import type { Language } from '#lib/format/locale.ts';
import type { ImportedProductQuery, ImportedProductsQuery } from '#lib/graphql/generated/graphql.ts';

/** A product as its own page reads it. */
export type ImportedProduct = Extract<
  NonNullable<ImportedProductQuery['node']>,
  { readonly marketplaceProductId: string }
>;
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
