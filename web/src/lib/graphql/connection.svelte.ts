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
  readonly #wakes = new Set<() => void>();
  /** Subscriptions that wait because the server could not serve them. */
  #refused = 0;

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
    for (const wake of this.#wakes) wake();
  };

  /** Settles when the next attempt is due; `attempts` is how many there were since the link was lost. */
  waitBeforeRetry = async (attempts: number): Promise<void> => {
    // Spread, so that a server which restarts is not met by everybody in the same second.
    const waitMs = Math.min(1000 * 2 ** attempts, longestWaitMs) * (0.75 + Math.random() / 2);
    this.#retryAt = new Date(Date.now() + waitMs);
    await new Promise<void>((settle) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wakes.delete(wake);
        settle();
      };
      const timer = setTimeout(wake, waitMs);
      this.#wakes.add(wake);
    });
    this.#retryAt = null;
  };

  hearConnecting(): void {
    if (this.#state === 'idle') this.#state = 'connecting';
  }
  hearConnected(): void {
    this.#retryAt = null;
    this.#state = 'live';
    if (this.#refused === 0) this.#comeBack();
  }
  /** `wanted`: somebody still watches something. */
  hearClosed(wanted: boolean): void {
    if (!wanted) {
      this.#state = 'idle';
      if (this.#refused === 0) this.#lostAt = null;
      return;
    }
    this.#state = 'lost';
    this.#lostAt ??= new Date();
  }
  /**
   * The link may hold, but a subscription waits: what it shows gets old, as with a lost link. Returns what ends
   * that, to be told whether the subscription is back or nobody wants it any more.
   */
  hearRefused(): (isBack: boolean) => void {
    this.#refused += 1;
    this.#lostAt ??= new Date();
    let isOver = false;
    return (isBack) => {
      if (isOver) return;
      isOver = true;
      this.#refused -= 1;
      if (this.#refused > 0 || this.#state === 'lost') return;
      if (isBack) this.#comeBack();
      else this.#lostAt = null;
    };
  }

  #comeBack(): void {
    if (this.#lostAt) this.#backAt = new Date();
    this.#lostAt = null;
  }
}
