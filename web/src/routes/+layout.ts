import { Api } from '#lib/graphql/api.svelte.ts';

/** One page for every address: the server that serves these files runs no Svelte. */
export const ssr = false;

/** Before anything is drawn: who is signed in is asked while the scripts of the page are still on their way. */
export function load(): { api: Api } {
  const api = new Api();
  // Who needs to know asks again, and says so when nobody answers.
  void api.session.freshToken().catch(() => undefined);
  return { api };
}
