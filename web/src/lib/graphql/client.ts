import { cacheExchange, Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { authorisedFetch } from './authorised-fetch.ts';
import type { Connection } from './connection.svelte.ts';
import type { Session } from './session.svelte.ts';
import { createSocket, watchBySocket } from './socket.ts';

/**
 * The client of the API. A page that was seen before is shown at once as it was, and asked for again; nothing is
 * asked for a second time by itself. What moves comes by subscription.
 */
export function createApiClient(session: Session, connection: Connection): Client {
  const socket = createSocket(session, connection);
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetch: authorisedFetch(session),
    exchanges: [
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables, operationName }) => ({
          subscribe: (sink) => ({
            unsubscribe: watchBySocket(
              socket,
              session,
              connection,
              { query, variables, operationName },
              {
                next: (result) => sink.next(result as Parameters<typeof sink.next>[0]),
                complete: () => sink.complete(),
              },
            ),
          }),
        }),
      }),
    ],
  });
}

/** A client that keeps nothing of what it hears, and so asks for nothing again. */
export const createPlainClient = (session: Session): Client =>
  new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetch: authorisedFetch(session),
    exchanges: [fetchExchange],
  });

/** A link that comes back, or a page that is looked at again, is reason enough to try at once; returns its end. */
export function tryWhenBack(connection: Connection): () => void {
  const onVisible = () => {
    if (document.visibilityState === 'visible') connection.tryNow();
  };
  addEventListener('online', connection.tryNow);
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    removeEventListener('online', connection.tryNow);
    document.removeEventListener('visibilitychange', onVisible);
  };
}
