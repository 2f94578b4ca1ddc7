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

/** These go past the client: it asks the session for a token, and the session asks these. */
async function post<Data>(document: TypedDocumentNode<Data, never>): Promise<Data> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    credentials: 'same-origin',
    body: JSON.stringify({ query: stringifyDocument(document) }),
  });
  const { data } = (await response.json()) as { data?: Data | null };
  if (!data) throw new Error(`The session could not be asked for: status ${response.status}.`);
  return data;
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
