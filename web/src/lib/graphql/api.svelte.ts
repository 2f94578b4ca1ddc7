import type { AnyVariables, Client, DocumentInput } from '@urql/core';
import { getContext, setContext, tick } from 'svelte';
import { createApiClient, createPlainClient, tryWhenBack } from './client.ts';
import { Connection } from './connection.svelte.ts';
import { problemOf, type Problem } from './problem.ts';
import { askLogout, askRefresh } from './session-requests.ts';
import { Session } from './session.svelte.ts';

export type Answer<Data> =
  { readonly data: Data; readonly problem: null } | { readonly data: null; readonly problem: Problem };

/** The API as the pages use it: one for all of them, made before the layout above everything is. */
export class Api {
  readonly session = new Session({
    askRefresh,
    askLogout,
    onSignedOut: () => this.#forget(),
    // Once the page is empty: one with changes would ask whether to leave.
    onReplaced: () => void tick().then(() => location.reload()),
  });
  readonly connection = new Connection();
  #client: Client = createApiClient(this.session, this.connection);
  readonly #plain = createPlainClient(this.session);

  get client(): Client {
    return this.#client;
  }

  /** Forgets all that was read, and the link that it came by. */
  #forget(): void {
    this.connection.hearClosed(false);
    this.#client = createApiClient(this.session, this.connection);
  }

  /** Sends a mutation. A refusal is in `data`; `problem` is what kept the server from answering. */
  async send<Data, Variables extends AnyVariables>(
    document: DocumentInput<Data, Variables>,
    variables: Variables,
  ): Promise<Answer<Data>> {
    return answerOf(await this.#client.mutation(document, variables).toPromise());
  }

  /**
   * Sends a mutation whose news come by subscription: what the pages have read is not asked for again, whatever it
   * changed. For the rest as `send`.
   */
  async sendLive<Data, Variables extends AnyVariables>(
    document: DocumentInput<Data, Variables>,
    variables: Variables,
  ): Promise<Answer<Data>> {
    return answerOf(await this.#plain.mutation(document, variables).toPromise());
  }

  /** Reads once, past what was read before: for a search while somebody types, or a download. */
  async read<Data, Variables extends AnyVariables>(
    document: DocumentInput<Data, Variables>,
    variables: Variables,
  ): Promise<Answer<Data>> {
    const reading = this.#client.query(document, variables, { requestPolicy: 'network-only' });
    return answerOf(await reading.toPromise());
  }

  /**
   * Watches: each event is given to `take`, the first being the state as it is, also after a lost link. Returns
   * what ends it, so that an effect can return that.
   */
  watch<Data, Variables extends AnyVariables>(
    document: DocumentInput<Data, Variables>,
    variables: Variables,
    take: (data: Data) => void,
    onProblem?: (problem: Problem) => void,
  ): () => void {
    const watching = this.#client.subscription(document, variables).subscribe(({ data, error }) => {
      if (data) take(data);
      if (error) onProblem?.(problemOf(error));
    });
    return () => watching.unsubscribe();
  }

  /** Listens to the network and the window; returns what ends that. */
  start(): () => void {
    return tryWhenBack(this.connection);
  }
}

function answerOf<Data>({
  data,
  error,
}: {
  data?: Data;
  error?: Parameters<typeof problemOf>[0];
}): Answer<Data> {
  if (data !== undefined && data !== null) return { data, problem: null };
  return { data: null, problem: error ? problemOf(error) : { kind: 'fault', requestId: null } };
}

const key = Symbol('api');

export const provideApi = (api: Api): Api => setContext(key, api);
export const useApi = (): Api => getContext(key);
