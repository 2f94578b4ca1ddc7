import { getContext, setContext } from 'svelte';
import { keptByBrowser } from './browser-memory.ts';

const memory = 'single-keys';
const off = 'off';

/** Whether single keys do something (WCAG 2.1.4): one answer for all that show it. Kept in this browser. */
export class SingleKeys {
  #on = $state(keptByBrowser.read(memory) !== off);

  get on(): boolean {
    return this.#on;
  }

  switch(on: boolean): void {
    keptByBrowser.write(memory, on ? null : off);
    this.#on = on;
  }

  /** Follows the other tabs of this browser; returns what ends that. */
  follow(): () => void {
    const hear = ({ key, newValue }: StorageEvent) => {
      if (key === memory) this.#on = newValue !== off;
    };
    addEventListener('storage', hear);
    return () => removeEventListener('storage', hear);
  }
}

const key = Symbol('single keys');

export const provideSingleKeys = (): SingleKeys => setContext(key, new SingleKeys());
export const useSingleKeys = (): SingleKeys => getContext(key);
