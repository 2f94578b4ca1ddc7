/**
 * Tells every node that what these users may do has changed: a membership, an ownership, a session that was ended, an
 * account that was switched off. Open subscriptions read it again at once. Announced after the change is committed;
 * announcing something twice, or something that did not change, does no harm.
 */
export interface AccessNews {
  announce(userIds: readonly string[]): void;
}

declare module '../../graphql/context.ts' {
  interface Services {
    readonly accessNews: AccessNews;
  }
}
