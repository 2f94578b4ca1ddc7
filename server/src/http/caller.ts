import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { Context } from '../graphql/context.ts';
import type { Viewer } from '../graphql/viewer.ts';
import type { LiveViewer } from '../modules/user/live-viewers.ts';

/** Who asks, and how. */
export interface Caller {
  readonly requestId: string;
  /** Null when signed out. */
  readonly viewer: Viewer | null;
  /** The IP address of the client. */
  readonly address: string;
  /** Where cookies come from and go to; null on a socket, which has none. */
  readonly exchange: { readonly request: IncomingMessage; readonly response: ServerResponse } | null;
  /** Of an operation on a socket; null over HTTP. */
  readonly deliver: Deliver | null;
  /** Of an operation on a socket; null over HTTP, where the request knows. */
  readonly work: Work | null;
}

/** What is at work for an operation, which may outlast its client's interest. */
export interface Work {
  /** Aborted when the client has left. */
  readonly left: AbortSignal;
  /** Keeps the operation's place taken until what it gives is called. */
  hold(): () => void;
}

/** Sends a result of a subscription to the client; false for one that has to go the way of all others. */
export type Deliver = (result: ExecutionResult) => boolean;

/** What transport has to know of sign-ins. */
export interface Access {
  /**
   * Who sends this `Authorization`, as they are now; null without one. Throws UNAUTHENTICATED for a token that is
   * refused: expired, of a session that has ended, signed by somebody else, or none at all.
   */
  authenticate(authorization: string | null): Promise<Viewer | null>;
  /** The viewer of something that stays open. */
  watch(viewer: Viewer): LiveViewer;
  /** What the resolvers get; `live` in a subscription only. */
  contextOf(caller: Caller, live: LiveViewer | null): Context;
}
