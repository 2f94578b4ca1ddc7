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
