/** What a request needs of the session. */
interface Tokens {
  freshToken(): Promise<string | null>;
  refresh(): Promise<boolean>;
}

/**
 * `fetch` with the access token. When the server says that nobody is signed in, the token is refreshed and the
 * request sent once more; it was refused before anything was done.
 */
export function authorisedFetch(tokens: Tokens, send: typeof fetch = fetch): typeof fetch {
  const sendWith = (input: RequestInfo | URL, init: RequestInit | undefined, token: string | null) => {
    const headers = new Headers(init?.headers);
    if (token !== null) headers.set('authorization', `Bearer ${token}`);
    return send(input, { ...init, headers, credentials: 'same-origin' });
  };
  return async (input, init) => {
    const response = await sendWith(input, init, await tokens.freshToken());
    if (!(await isUnauthenticated(response))) return response;
    if (!(await tokens.refresh())) return response;
    return sendWith(input, init, await tokens.freshToken());
  };
}

async function isUnauthenticated(response: Response): Promise<boolean> {
  if (response.status === 401) return true;
  const text = await response.clone().text();
  // Long answers are not parsed twice for a word that is hardly ever in them.
  if (!text.includes('"UNAUTHENTICATED"')) return false;
  try {
    const { errors } = JSON.parse(text) as { errors?: { extensions?: { code?: unknown } }[] };
    return errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED') ?? false;
  } catch {
    return false;
  }
}
