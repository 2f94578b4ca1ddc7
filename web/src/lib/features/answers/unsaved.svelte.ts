import { getContext, onDestroy, setContext } from 'svelte';

/** Whether any of the forms that are shown holds something that is not saved. */
export class Unsaved {
  readonly #forms = new Set<() => boolean>();

  get any(): boolean {
    return [...this.#forms].some((isDirty) => isDirty());
  }

  /** From now on until the component that is being set up is gone. */
  watch(isDirty: () => boolean): void {
    this.#forms.add(isDirty);
    onDestroy(() => this.#forms.delete(isDirty));
  }
}

const key = Symbol('unsaved');

export const provideUnsaved = (): Unsaved => setContext(key, new Unsaved());
/** Whoever leaves the page while this is true is asked first; to be called while a form is set up. */
export const askBeforeLeaving = (isDirty: () => boolean): void => getContext<Unsaved>(key).watch(isDirty);
