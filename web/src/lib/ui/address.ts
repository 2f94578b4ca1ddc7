/**
 * The path and parameters of an address with some parameters changed; null and empty text remove one. What is
 * not named stays, so that filters keep out of each other's way.
 */
export function addressWith(
  url: Pick<URL, 'pathname' | 'search'>,
  changes: Readonly<Record<string, string | null>>,
): string {
  const parameters = new URLSearchParams(url.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') parameters.delete(name);
    else parameters.set(name, value);
  }
  const query = parameters.toString();
  return query === '' ? url.pathname : `${url.pathname}?${query}`;
}
