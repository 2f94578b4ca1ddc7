import { getContext, onDestroy, setContext } from 'svelte';
import { m } from '#lib/paraglide/messages.js';

interface Form {
  readonly isDirty: () => boolean;
  readonly lossText: () => string;
}

/** Whether any of the forms that are shown holds something that is not saved. */
export class Unsaved {
  readonly #forms = new Set<Form>();

  get any(): boolean {
    return this.#firstDirty !== undefined;
  }
  /** What would be lost, in the words of the first form that has something to lose. */
  get lossText(): string {
    return (this.#firstDirty?.lossText ?? m.ui_leave_text)();
  }
  get #firstDirty(): Form | undefined {
    return [...this.#forms].find(({ isDirty }) => isDirty());
  }

  /** From now on until the component that is being set up is gone. */
  watch(form: Form): void {
    this.#forms.add(form);
    onDestroy(() => this.#forms.delete(form));
  }
}

const key = Symbol('unsaved');

export const provideUnsaved = (): Unsaved => setContext(key, new Unsaved());
/** For what takes the page away after a question of its own. */
export const useUnsaved = (): Unsaved => getContext(key);
/**
 * Whoever leaves the page or signs out while `isDirty` is asked first; to be called while a form is set up. The
 * question says `lossText` where a form knows better than "what you typed".
 */
export const askBeforeLeaving = (
  isDirty: () => boolean,
  lossText: () => string = () => m.ui_leave_text(),
): void => useUnsaved().watch({ isDirty, lossText });
