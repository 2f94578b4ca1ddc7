import { getContext, setContext } from 'svelte';
import { keptByBrowser } from './browser-memory.ts';

export const themes = ['light', 'dark', 'system'] as const;
export type ThemeChoice = (typeof themes)[number];

const isChoice = (text: unknown): text is ThemeChoice => themes.some((known) => known === text);

/** Light, dark or as the system has it. Kept in this browser; the script in app.html shows it first. */
export class Theme {
  #choice = $state<ThemeChoice>('system');

  constructor() {
    const kept = keptByBrowser.read('theme');
    this.#show(isChoice(kept) ? kept : 'system');
  }

  get choice(): ThemeChoice {
    return this.#choice;
  }

  choose(choice: ThemeChoice): void {
    keptByBrowser.write('theme', choice === 'system' ? null : choice);
    this.#show(choice);
  }

  #show(choice: ThemeChoice): void {
    this.#choice = choice;
    if (choice === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = choice;
  }

  /** Follows the other tabs of this browser; returns what ends that. */
  follow(): () => void {
    const hear = ({ key, newValue }: StorageEvent) => {
      if (key === 'theme') this.#show(isChoice(newValue) ? newValue : 'system');
    };
    addEventListener('storage', hear);
    return () => removeEventListener('storage', hear);
  }
}

const key = Symbol('theme');

export const provideTheme = (): Theme => setContext(key, new Theme());
export const useTheme = (): Theme => getContext(key);
