import { beforeNavigate, goto } from '$app/navigation';

/** Asks before changes get lost; to be called while a component is set up. */
export class Leaving {
  #to = $state.raw<string | null>(null);

  /** `isDirty`: there is something to lose. Other addresses of the same page keep it. */
  constructor(isDirty: () => boolean, path: () => string) {
    beforeNavigate(({ to, cancel, willUnload }) => {
      if (!isDirty() || to?.url.pathname === path()) return;
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
  /** To be called once there is nothing to lose any more. */
  async go(): Promise<void> {
    const to = this.#to;
    this.#to = null;
    if (to !== null) await goto(to);
  }
}
