import { getContext, setContext } from 'svelte';

/** What a screen reader is to say: one region a page, so that nothing speaks over something else. */
export class Announcer {
  #text = $state('');

  get text(): string {
    return this.#text;
  }

  /** The same sentence twice is said once; a sentence in between lets it be said again. */
  say(sentence: string): void {
    this.#text = sentence;
  }
  /** For when the reader goes: the next one is not to come upon it. */
  clear(): void {
    this.#text = '';
  }
}

const key = Symbol('announcer');

export const provideAnnouncer = (): Announcer => setContext(key, new Announcer());
export const useAnnouncer = (): Announcer => getContext(key);
