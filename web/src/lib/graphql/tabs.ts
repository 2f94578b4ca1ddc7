import type { AccessToken } from './session-requests.ts';

export type SessionNews =
  { readonly kind: 'token'; readonly token: AccessToken } | { readonly kind: 'signed-out' };

interface Tabs {
  tell(news: SessionNews): void;
  /** Runs the work when no other tab runs its own: a refresh token is good for one use only. */
  oneAtATime<Result>(work: () => Promise<Result>): Promise<Result>;
  close(): void;
}

/** What the tabs of one browser tell each other about their session. */
export function shareWithTabs(hear: (news: SessionNews) => void): Tabs {
  const channel = new BroadcastChannel('session');
  channel.onmessage = ({ data }: MessageEvent<SessionNews>) => hear(data);
  return {
    tell: (news) => channel.postMessage(news),
    async oneAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
      // Only where the page came over https or from this computer. Elsewhere the server's own tolerance has to do.
      const locks: LockManager | undefined = navigator.locks;
      if (!locks) return work();
      return locks.request('session', work);
    },
    close: () => channel.close(),
  };
}

const owedLogout = 'logout-owed';

/**
 * Remembers a sign-out that the server has not heard of, for this tab and all others, also those to come. A browser
 * that keeps nothing forgets it.
 */
export function rememberOwedLogout(owed: boolean): void {
  try {
    if (owed) localStorage.setItem(owedLogout, 'yes');
    else localStorage.removeItem(owedLogout);
  } catch {
    // Kept by nobody, as said above.
  }
}

export function isLogoutOwed(): boolean {
  try {
    return localStorage.getItem(owedLogout) !== null;
  } catch {
    return false;
  }
}
