import type { Page } from 'playwright-core';

/** Listens to what a page asks the API for over HTTP, from now on; gives the names of the operations so far. */
export function watchOperations(page: Page): () => readonly string[] {
  const names: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/graphql')) return;
    const { query = '' } = request.postDataJSON() as { query?: string };
    names.push(/(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? query);
  });
  return () => names;
}
