import { getContext, setContext } from 'svelte';

/** What a screen reader is to say: one region a page, so that nothing speaks over something else. */
export class Announcer {
  #said = $state.raw({ text: '' });

  /** Another object for each sentence, also for one that is said again. */
  get said(): { readonly text: string } {
    return this.#said;
  }

  say(text: string): void {
    this.#said = { text };
  }
  /** For when the reader goes: the next one is not to come upon it. */
  clear(): void {
    this.say('');
  }
}

const key = Symbol('announcer');

export const provideAnnouncer = (): Announcer => setContext(key, new Announcer());
export const useAnnouncer = (): Announcer => getContext(key);
