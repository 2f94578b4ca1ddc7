import { m } from '#lib/paraglide/messages.js';

export type FeedLanguage = 'EN' | 'FR' | 'DE';

/** "French feed": what an import is called, by the language of its texts. */
export const feedName: Readonly<Record<FeedLanguage, () => string>> = {
  EN: m.feed_en,
  FR: m.feed_fr,
  DE: m.feed_de,
};

export const feedLanguageName: Readonly<Record<FeedLanguage, () => string>> = {
  EN: m.language_en,
  FR: m.language_fr,
  DE: m.language_de,
};

/** In the order in which the stores of Luxembourg write them. */
export const feedLanguages = ['FR', 'EN', 'DE'] as const satisfies readonly FeedLanguage[];
