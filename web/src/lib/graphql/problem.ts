import type { CombinedError } from '@urql/core';

/** Why the API gave no data, as far as a page tells them apart. A refusal is data, not one of these. */
export interface Problem {
  readonly kind: 'offline' | 'unauthenticated' | 'forbidden' | 'invalid' | 'fault';
  /** What to name when asking for help; null when no server has seen the request. */
  readonly requestId: string | null;
}

const text = (value: unknown) => (typeof value === 'string' ? value : null);

export function problemOf(error: CombinedError): Problem {
  if (error.networkError && !isAnswer(error.response)) return { kind: 'offline', requestId: null };
  const extensions = error.graphQLErrors.map((one) => one.extensions);
  const codes = extensions.map(({ code }) => text(code));
  const requestId = extensions.map((one) => text(one['requestId'])).find((id) => id !== null) ?? null;
  if (codes.includes('UNAUTHENTICATED')) return { kind: 'unauthenticated', requestId };
  if (codes.includes('FORBIDDEN')) return { kind: 'forbidden', requestId };
  if (codes.includes('BAD_USER_INPUT')) return { kind: 'invalid', requestId };
  return { kind: 'fault', requestId };
}

/** An answer by somebody in between, such as a gateway whose server is away, is no answer. */
const isAnswer = (response: unknown) =>
  response instanceof Response &&
  response.status !== 502 &&
  response.status !== 503 &&
  response.status !== 504;
