import type { IncomingMessage } from 'node:http';

/** Why the address that was asked cannot be read: an answer's status, a code and a sentence; null when it can. */
export function addressFault({ method, url = '', headers: { host } }: IncomingMessage) {
  // RFC 9112 3.2. Yoga makes a whole address of it, and tells what goes wrong there to whoever asks.
  if (host && (/[/?#@\\]/.test(host) || !URL.canParse(`http://${host}`)))
    return badRequest('The header Host names no host.');
  if (method !== 'GET') return null;
  const parameters = new URLSearchParams(url.slice(url.indexOf('?') + 1));
  const unreadable = ['variables', 'extensions'].find((name) => !isJson(parameters.get(name)));
  return unreadable === undefined ? null : badRequest(`The parameter ${unreadable} is no JSON.`);
}

const badRequest = (message: string) => ({ status: 400, code: 'BAD_REQUEST', message });

function isJson(text: string | null): boolean {
  try {
    if (text) JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
