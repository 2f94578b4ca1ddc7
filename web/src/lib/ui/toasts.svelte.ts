import { getContext, setContext } from 'svelte';
import type { Tone } from './icon.ts';

export interface Toast {
  readonly tone: Extract<Tone, 'success' | 'warning' | 'error' | 'info'>;
  readonly title: string;
  readonly text?: string;
  /** The one thing to do about it. */
  readonly action?: { readonly label: string; readonly href?: string; readonly run?: () => void };
}

const most = 3;

/** Notices in the corner, at most three: for what the reader did, or what ended out of sight. Nothing else. */
export class Toasts {
  #shown = $state.raw<readonly (Toast & { readonly id: number })[]>([]);
  #last = 0;

  get shown(): readonly (Toast & { readonly id: number })[] {
    return this.#shown;
  }

  show(toast: Toast): void {
    this.#last += 1;
    this.#shown = [...this.#shown, { ...toast, id: this.#last }].slice(-most);
  }

  dismiss(id: number): void {
    this.#shown = this.#shown.filter((toast) => toast.id !== id);
  }
  /** For when the reader goes: the next one has nothing to do with them. */
  clear(): void {
    this.#shown = [];
  }
}

const key = Symbol('toasts');

export const provideToasts = (): Toasts => setContext(key, new Toasts());
export const useToasts = (): Toasts => getContext(key);
