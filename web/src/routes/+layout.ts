import { Api } from '#lib/graphql/api.svelte.ts';

/** One page for every address: the server that serves these files runs no Svelte. */
export const ssr = false;

/** Asks who is signed in before anything is drawn: the answer is on its way meanwhile. */
export function load(): { api: Api } {
  const api = new Api();
  // Who needs to know asks again, and says so when nobody answers.
  void api.session.freshToken().catch(() => undefined);
  return { api };
}
