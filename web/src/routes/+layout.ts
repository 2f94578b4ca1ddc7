/** One page for every address: the server that serves these files runs no Svelte. */
export const ssr = false;
