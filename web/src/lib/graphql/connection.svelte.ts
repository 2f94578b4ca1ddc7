/** How the live link to the server is. `idle`: nothing is watched, so there is none. */
export type ConnectionState = 'idle' | 'connecting' | 'live' | 'lost';

const longestWaitMs = 15_000;

/**
 * The live link, as the pages show it. It is told by the socket what happens and decides how long to wait before
 * the next attempt: longer each time, never for ever, and not at all when somebody says "try now".
 */
export class Connection {
  #state = $state<ConnectionState>('idle');
  #lostAt = $state.raw<Date | null>(null);
  #retryAt = $state.raw<Date | null>(null);
  #backAt = $state.raw<Date | null>(null);
  #wake: (() => void) | undefined;

  get state(): ConnectionState {
    return this.#state;
  }
  /** Since when nothing is heard; what is shown on the page is from then. Null while the link holds. */
  get lostAt(): Date | null {
    return this.#lostAt;
  }
  /** When the next attempt is made; null while one is under way. */
  get retryAt(): Date | null {
    return this.#retryAt;
  }
  /** When the link came back after it was lost; null before that ever happened. */
  get backAt(): Date | null {
    return this.#backAt;
  }

  tryNow = (): void => {
    this.#wake?.();
  };

  /** Settles when the next attempt is due; `attempts` is how many there were since the link was lost. */
  waitBeforeRetry = async (attempts: number): Promise<void> => {
    // Spread, so that a server which restarts is not met by everybody in the same second.
    const waitMs = Math.min(1000 * 2 ** attempts, longestWaitMs) * (0.75 + Math.random() / 2);
    this.#retryAt = new Date(Date.now() + waitMs);
    await new Promise<void>((settle) => {
      const timer = setTimeout(settle, waitMs);
      this.#wake = () => {
        clearTimeout(timer);
        settle();
      };
    });
    this.#wake = undefined;
    this.#retryAt = null;
  };

  hearConnecting(): void {
    if (this.#state === 'idle') this.#state = 'connecting';
  }
  hearConnected(): void {
    if (this.#lostAt) this.#backAt = new Date();
    this.#lostAt = null;
    this.#retryAt = null;
    this.#state = 'live';
  }
  /** `wanted`: somebody still watches something. */
  hearClosed(wanted: boolean): void {
    if (!wanted) {
      this.#state = 'idle';
      this.#lostAt = null;
      return;
    }
    this.#state = 'lost';
    this.#lostAt ??= new Date();
  }
}
