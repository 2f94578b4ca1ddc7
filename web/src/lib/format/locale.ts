/** The languages of the pages, as `lang` has them. */
export const languages = ['en', 'fr', 'de'] as const;
export type Language = (typeof languages)[number];

/** What `Intl` calls them: figures and dates as people in Luxembourg write them. */
export const locales: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-LU', de: 'de-LU' };
