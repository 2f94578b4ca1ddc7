/** What somebody may do in a store; an owner is the owner of its merchant. */
export type StoreRole = 'OWNER' | 'MANAGER' | 'STAFF';

/** Who asks, and what is theirs: read once for each operation, and again when it has changed. */
export interface Viewer {
  readonly id: string;
  /** The sign-in that the access token was given for; ends with it. */
  readonly sessionId: string;
  readonly platformAdmin: boolean;
  /** Ids of the merchants that the viewer owns. */
  readonly merchantIds: ReadonlySet<string>;
  /** Ids of the stores that the viewer belongs to, those of the own merchants among them. */
  readonly storeRoles: ReadonlyMap<string, StoreRole>;
}

/** Who reads something that stays open. */
export interface Liveness {
  /** As they are now; null once their session has ended, for good. The same object until something has changed. */
  current(): Viewer | null;
  /** Aborted when the session has ended. */
  readonly ended: AbortSignal;
}
