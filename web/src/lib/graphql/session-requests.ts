import { stringifyDocument, type TypedDocumentNode } from '@urql/core';
import { LogoutDocument, RefreshSessionDocument } from './generated/graphql.ts';

export interface AccessToken {
  readonly accessToken: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly viewerId: string;
}

/** null: the session has ended. */
export type RefreshAnswer = AccessToken | null;

/** A line that went dead while the computer slept says nothing: all tabs would wait for as long, and a sign-out. */
const patienceMs = 20_000;

/** These go past the client: it asks the session for a token, and the session asks these. */
async function post<Data>(document: TypedDocumentNode<Data, never>): Promise<Data> {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), patienceMs);
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      credentials: 'same-origin',
      body: JSON.stringify({ query: stringifyDocument(document) }),
      signal: waiting.signal,
    });
    const { data } = (await response.json()) as { data?: Data | null };
    if (!data) throw new Error(`The session could not be asked for: status ${response.status}.`);
    return data;
  } finally {
    clearTimeout(timer);
  }
}

/** A new access token for the session of the cookie; null when there is none. Throws when nobody answers. */
export async function askRefresh(): Promise<RefreshAnswer> {
  const { refreshSession } = await post(RefreshSessionDocument);
  if (refreshSession.__typename !== 'RefreshSessionPayload') return null;
  const { accessToken, expiresAt, viewer } = refreshSession;
  return { accessToken, expiresAt, viewerId: viewer.id };
}

export async function askLogout(): Promise<void> {
  await post(LogoutDocument);
}
