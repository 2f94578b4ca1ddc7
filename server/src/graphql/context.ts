import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import type { Liveness, Viewer } from './viewer.ts';

/**
 * What the program has for its resolvers, the same for all operations. A module that needs more adds it here by
 * declaration merging, beside the code that uses it; api.ts then has to give it.
 */
export interface Services {
  readonly db: Database['db'];
  readonly log: Log;
}

/** One for each operation, and for each event of a subscription. */
export interface Context extends Services {
  /** Null when signed out. */
  readonly viewer: Viewer | null;
  /** The viewer for as long as the operation is open; null when signed out, and but for subscriptions. */
  readonly live: Liveness | null;
  /** Also in the answer's headers and in the log. */
  readonly requestId: string;
  /** True when the operation was found to ask for no more than is allowed, before it began. */
  readonly measured?: boolean;
  /** Where an answer that may be kept for others notes the records, by their ids, that it is made of. */
  readonly sources?: Set<string>;
}
