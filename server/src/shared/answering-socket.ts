import { Socket } from 'node:net';

/**
 * A socket to a database that fails after so long without a byte in either direction: what lies between may forget a
 * connection without a word, which the system notices in hours.
 */
export function openAnsweringSocket(silenceMs: number): Socket {
  const socket = new Socket();
  const error = Object.assign(new Error('The database gives no answer.'), { code: 'ETIMEDOUT' });
  return socket.setTimeout(silenceMs, () => socket.destroy(error));
}
