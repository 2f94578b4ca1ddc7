import { beforeNavigate, goto } from '$app/navigation';

type Leave = () => Promise<void>;

/** Asks before changes get lost; to be called while a component is set up. */
export class Leaving {
  /** What waits for the answer. */
  #leave = $state.raw<Leave | null>(null);
  #isAnswered = false;
  readonly #isDirty: () => boolean;

  /** `isDirty`: there is something to lose. Other addresses of the same page keep it. */
  constructor(isDirty: () => boolean, path: () => string) {
    this.#isDirty = isDirty;
    beforeNavigate(({ to, cancel, willUnload }) => {
      if (this.#isAnswered || !isDirty() || to?.url.pathname === path()) return;
      cancel();
      // A browser that is closed asks by itself.
      if (willUnload || !to) return;
      const { href } = to.url;
      this.#leave = () => goto(href);
    });
  }

  get asking(): boolean {
    return this.#leave !== null;
  }
  /** For what takes the page away without another address: done at once where nothing gets lost. */
  async leaveBy(leave: Leave): Promise<void> {
    if (this.#isDirty()) this.#leave = leave;
    else await leave();
  }
  stay(): void {
    this.#leave = null;
  }
  /** Leaves, whatever gets lost. */
  async go(): Promise<void> {
    const leave = this.#leave;
    this.#leave = null;
    if (leave === null) return;
    this.#isAnswered = true;
    await leave().finally(() => (this.#isAnswered = false));
  }
}
