import { getContext, setContext } from 'svelte';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { keptByBrowser } from './browser-memory.ts';

const languages = ['en', 'fr', 'de'] as const;
type Code = (typeof languages)[number];

/** Named in themselves: who looks for a language may not read the one that is shown. */
export const languageNames: Readonly<Record<Code, string>> = {
  en: 'English',
  fr: 'Français',
  de: 'Deutsch',
};

const isCode = (text: unknown): text is Code => languages.some((known) => known === text);

/**
 * The language of the pages. Every message reads it when it is drawn, so a change needs no reload and no form
 * loses its input. Kept in this browser; before anybody chose, what the browser asks for.
 */
export class PageLanguage {
  #code = $state<Code>('en');

  constructor() {
    const wanted: readonly unknown[] = [keptByBrowser.read('language'), ...navigator.languages];
    this.#show(wanted.map((text) => (typeof text === 'string' ? text.slice(0, 2) : '')).find(isCode) ?? 'en');
    overwriteGetLocale(() => this.#code);
  }

  get code(): Code {
    return this.#code;
  }
  get all(): readonly Code[] {
    return languages;
  }

  choose(code: Code): void {
    keptByBrowser.write('language', code);
    this.#show(code);
  }

  #show(code: Code): void {
    this.#code = code;
    document.documentElement.lang = code;
  }

  /** Follows the other tabs of this browser; returns what ends that. */
  follow(): () => void {
    const hear = ({ key, newValue }: StorageEvent) => {
      if (key === 'language' && isCode(newValue)) this.#show(newValue);
    };
    addEventListener('storage', hear);
    return () => removeEventListener('storage', hear);
  }
}

const key = Symbol('language');

/** Once, in the layout above everything, before the first message is drawn. */
export const provideLanguage = (): PageLanguage => setContext(key, new PageLanguage());
export const useLanguage = (): PageLanguage => getContext(key);
