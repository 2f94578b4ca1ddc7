/**
 * The cookie `refresh_token` of the answer that is being made. Its attributes are HttpOnly (no script reads it),
 * SameSite=Lax (no other site's POST carries it), Path=/graphql, Expires as given, and Secure where the page was
 * opened by https.
 *
 * What acts on it is a mutation, and mutations are taken by POST with a content type that no form of another site
 * can send without being asked (application/json): together with SameSite that keeps strange pages from refreshing,
 * signing out, or signing somebody in as somebody else.
 */
export interface SessionCookies {
  /** As the request brought it; null when it brought none. */
  readonly refreshToken: string | null;
  setRefreshToken(token: string, expiresAt: Date): void;
  clearRefreshToken(): void;
}

declare module '../../graphql/context.ts' {
  interface Context {
    /** Null on a socket, whose answers have no headers. */
    readonly cookies: SessionCookies | null;
    /** The IP address that the request comes from; behind a proxy that is trusted, the one that it names. */
    readonly clientAddress: string;
  }
}
