/** The languages that feeds, translations and pages are in; ISO 639-1. */
export const languages = ['en', 'fr', 'de'] as const;

export type Language = (typeof languages)[number];

/** As GraphQL and the database's enumeration write a language. */
export type LanguageCode = Uppercase<Language>;

const codes: Record<Language, LanguageCode> = { en: 'EN', fr: 'FR', de: 'DE' };

/** `EN` for `en`. */
export const codeOfLanguage = (language: Language): LanguageCode => codes[language];

/** The language of a code or tag in any case (`DE`, `de`, `fr-LU`), or null when it is none of ours. */
export function languageOf(tag: string): Language | null {
  const primary = tag.trim().toLowerCase().split(/[-_]/, 1)[0];
  return languages.find((language) => language === primary) ?? null;
}
