import { beforeNavigate, goto } from '$app/navigation';

/** Asks before changes get lost; to be called while a component is set up. */
export class Leaving {
  #to = $state.raw<string | null>(null);
  #isAnswered = false;

  /** `isDirty`: there is something to lose. Other addresses of the same page keep it. */
  constructor(isDirty: () => boolean, path: () => string) {
    beforeNavigate(({ to, cancel, willUnload }) => {
      if (this.#isAnswered || !isDirty() || to?.url.pathname === path()) return;
      cancel();
      // A browser that is closed asks by itself.
      if (!willUnload && to) this.#to = to.url.href;
    });
  }

  get asking(): boolean {
    return this.#to !== null;
  }
  stay(): void {
    this.#to = null;
  }
  /** Leaves, whatever gets lost. */
  async go(): Promise<void> {
    const to = this.#to;
    this.#to = null;
    if (to === null) return;
    this.#isAnswered = true;
    await goto(to).finally(() => (this.#isAnswered = false));
  }
}
