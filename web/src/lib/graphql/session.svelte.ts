import type { AccessToken, RefreshAnswer } from './session-requests.ts';
import { shareWithTabs } from './tabs.ts';

export type SessionState = 'unknown' | 'signed-in' | 'signed-out';

interface Options {
  /** Asks the server for a new access token; null when the session has ended. Throws when it cannot be reached. */
  readonly askRefresh: () => Promise<RefreshAnswer>;
  readonly askLogout: () => Promise<void>;
  /** Somebody else signed in, in another tab: what this one shows is not theirs. */
  readonly onReplaced: () => void;
}

const spareMs = 30_000;
const leastMs = 60_000;

/**
 * Who is signed in, as far as the browser knows: the access token, in memory only. It is refreshed when it
 * expires or the server says that it has; by one tab at a time, which tells the others.
 */
export class Session {
  #state = $state<SessionState>('unknown');
  #viewerId = $state<string | null>(null);
  #token: AccessToken | null = null;
  #takenAt = 0;
  #refreshing: Promise<boolean> | undefined;
  readonly #options: Options;
  readonly #tabs = shareWithTabs((news) => {
    if (news.kind === 'signed-out') this.#forget();
    else this.#take(news.token, false);
  });

  constructor(options: Options) {
    this.#options = options;
  }

  get state(): SessionState {
    return this.#state;
  }
  get viewerId(): string | null {
    return this.#viewerId;
  }
  /** As it is, without asking anybody; null when nobody is signed in. */
  get token(): string | null {
    return this.#token?.accessToken ?? null;
  }

  /** An access token that should still hold, or null when nobody is signed in. Throws when the server is away. */
  async freshToken(): Promise<string | null> {
    if (this.#state === 'unknown' || this.#isStale()) await this.refresh();
    return this.token;
  }

  /** What `login` gave. */
  begin(token: AccessToken): void {
    this.#take(token, true);
  }

  async end(): Promise<void> {
    // Signed out here in any case: without the token this tab can do nothing, whatever the server answers.
    await this.#options.askLogout().catch(() => undefined);
    this.#tabs.tell({ kind: 'signed-out' });
    this.#forget();
  }

  /** True when there is a new token: asked for once, however many want it. */
  refresh(): Promise<boolean> {
    this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  close(): void {
    this.#tabs.close();
  }

  async #refresh(): Promise<boolean> {
    const before = this.#token;
    return this.#tabs.oneAtATime(async () => {
      // Another tab did it while this one waited for its turn.
      if (this.#token !== null && this.#token !== before) return true;
      const answer = await this.#options.askRefresh();
      if (answer === null) {
        this.#tabs.tell({ kind: 'signed-out' });
        this.#forget();
        return false;
      }
      this.#take(answer, true);
      return true;
    });
  }

  /** By this computer's clock, which may be wrong: a token is never thrown away in its first minute. */
  #isStale(): boolean {
    if (!this.#token || performance.now() - this.#takenAt < leastMs) return false;
    return Date.now() > Date.parse(this.#token.expiresAt) - spareMs;
  }

  #take(token: AccessToken, tell: boolean): void {
    const replaced = this.#viewerId !== null && this.#viewerId !== token.viewerId;
    this.#token = token;
    this.#takenAt = performance.now();
    this.#viewerId = token.viewerId;
    this.#state = 'signed-in';
    if (tell) this.#tabs.tell({ kind: 'token', token });
    else if (replaced) this.#options.onReplaced();
  }

  #forget(): void {
    this.#token = null;
    this.#viewerId = null;
    this.#state = 'signed-out';
  }
}
