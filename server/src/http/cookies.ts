import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionCookies } from '../modules/user/session-cookies.ts';
import { graphqlPath } from './yoga.ts';

const name = 'refresh_token';

/** The cookies of one exchange. `secure` when the client came by https. */
export function cookiesOf(
  request: IncomingMessage,
  response: ServerResponse,
  secure: boolean,
): SessionCookies {
  const set = (value: string, expiresAt: Date) => {
    const attributes = [
      `Expires=${expiresAt.toUTCString()}`,
      `Path=${graphqlPath}`,
      'HttpOnly',
      'SameSite=Lax',
      ...(secure ? ['Secure'] : []),
    ];
    response.setHeader('Set-Cookie', [`${name}=${value}`, ...attributes].join('; '));
  };
  return {
    refreshToken: readCookie(request.headers.cookie ?? ''),
    setRefreshToken: set,
    clearRefreshToken: () => set('', new Date(0)),
  };
}

/** RFC 6265 5.4: pairs separated by semicolons; the first of that name is the one of the longest path. */
function readCookie(header: string): string | null {
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || null;
  }
  return null;
}
