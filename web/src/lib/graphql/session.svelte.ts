import type { AccessToken, RefreshAnswer } from './session-requests.ts';
import { isLogoutOwed, rememberOwedLogout, shareWithTabs } from './tabs.ts';

export type SessionState = 'unknown' | 'signed-in' | 'signed-out';

interface Options {
  /** Asks the server for a new access token; null when the session has ended. Throws when it cannot be reached. */
  readonly askRefresh: () => Promise<RefreshAnswer>;
  readonly askLogout: () => Promise<void>;
  /** Nobody is signed in: what this tab has read is for nobody. */
  readonly onSignedOut: () => void;
  /** Somebody else is signed in than this tab belongs to: it has to start afresh. */
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
  /** Who was the last to be signed in here, also after they left: what this tab shows and holds is theirs. */
  #viewerId: string | null = null;
  #replaced = false;
  #token: AccessToken | null = null;
  #takenAt = 0;
  #refreshing: Promise<boolean> | undefined;
  readonly #options: Options;
  readonly #tabs = shareWithTabs((news) => {
    if (news.kind === 'signed-out') this.#forget();
    else this.#take(news.token);
  });

  constructor(options: Options) {
    this.#options = options;
  }

  get state(): SessionState {
    return this.#state;
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
    // The cookie is another one now.
    rememberOwedLogout(false);
    // At the sign-in nothing is left of whoever was here before.
    if (this.#state === 'signed-out') this.#viewerId = null;
    this.#takeAndTell(token);
  }

  async end(): Promise<void> {
    rememberOwedLogout(true);
    await this.#tabs.oneAtATime(() => this.#logOut());
    // In any case: without the token the tabs can do nothing, whatever the server answers.
    this.#forgetAndTell();
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
      if (this.#replaced) return false;
      // Another tab did it while this one waited for its turn.
      if (this.#token !== null && this.#token !== before) return true;
      const answer = isLogoutOwed() ? await this.#logOut() : await this.#options.askRefresh();
      // Somebody signed in while it was asked, of which the answer knows nothing.
      if (answer === null && this.#token !== before) return this.#token !== null;
      if (answer === null) this.#forgetAndTell();
      else this.#takeAndTell(answer);
      return this.#token !== null;
    });
  }

  /** Nobody is signed in after it. While the server does not hear of it, it is owed. */
  async #logOut(): Promise<null> {
    await this.#options.askLogout().then(
      () => rememberOwedLogout(false),
      () => undefined,
    );
    return null;
  }

  /** By this computer's clock, which may be wrong: a token is never thrown away in its first minute. */
  #isStale(): boolean {
    if (!this.#token || performance.now() - this.#takenAt < leastMs) return false;
    return Date.now() > Date.parse(this.#token.expiresAt) - spareMs;
  }

  #takeAndTell(token: AccessToken): void {
    this.#tabs.tell({ kind: 'token', token });
    this.#take(token);
  }

  #take(token: AccessToken): void {
    if (this.#viewerId !== null && this.#viewerId !== token.viewerId) return this.#giveWay();
    this.#token = token;
    this.#takenAt = performance.now();
    this.#viewerId = token.viewerId;
    this.#state = 'signed-in';
  }

  /** Takes no token of somebody else: what this tab was about to do would be done in their name. */
  #giveWay(): void {
    this.#replaced = true;
    this.#token = null;
    this.#state = 'unknown';
    this.#options.onReplaced();
  }

  #forgetAndTell(): void {
    this.#tabs.tell({ kind: 'signed-out' });
    this.#forget();
  }

  #forget(): void {
    this.#token = null;
    this.#state = 'signed-out';
    this.#options.onSignedOut();
  }
}
