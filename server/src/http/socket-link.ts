import { setImmediate as nextTurn } from 'node:timers/promises';
import { CloseCode, type makeServer } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Log } from '../platform/log.ts';
import type { SharedTexts } from './shared-texts.ts';

interface Link<Extra extends { readonly texts: SharedTexts }> {
  readonly protocol: ReturnType<typeof makeServer<Record<string, unknown>, Extra>>;
  readonly extra: Extra;
  readonly limits: { readonly waitingBytes: number; readonly pingMs: number };
  readonly log: Log;
}

/**
 * Lets a socket speak the protocol. Gives it up when it does not answer a ping, or when too much waits to be read
 * by a client that goes on asking.
 */
export function attachSocket<Extra extends { readonly texts: SharedTexts }>(
  socket: WebSocket,
  { protocol, extra, limits, log }: Link<Extra>,
): void {
  const watch = watchPulse(socket, limits.pingMs);
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: async (text) => {
        if (socket.bufferedAmount > limits.waitingBytes) socket.terminate();
        else if (socket.readyState === socket.OPEN) socket.send(extra.texts.fill(text));
        // A source that always has more must leave time for everybody else, and for the end of this socket.
        await nextTurn();
      },
      close: (code, reason) => socket.close(code, reason),
      onMessage: (hear) =>
        socket.on('message', (message) => {
          hear(textOf(message)).catch((error: unknown) => {
            // Also for messages that only a server may send.
            log.warn({ err: error }, 'socket failed');
            socket.close(CloseCode.InternalServerError, 'Internal server error');
          });
        }),
    },
    extra,
  );
  socket.on('error', (error) => log.debug({ err: error }, 'socket'));
  socket.once('close', (code, reason) => {
    clearInterval(watch);
    closed(code, reason.toString()).catch((error: unknown) => log.warn({ err: error }, 'socket not closed'));
  });
}

function textOf(message: Buffer | ArrayBuffer | Buffer[]): string {
  return Array.isArray(message)
    ? Buffer.concat(message).toString()
    : Buffer.from(message as Buffer).toString();
}

/** Ends a socket that has not answered the ping before. A pong that nobody asked for is no answer. */
function watchPulse(socket: WebSocket, pingMs: number): NodeJS.Timeout {
  let beat = 0;
  let heard = 0;
  socket.on('pong', (echo) => {
    if (echo.toString() === String(beat)) heard = beat;
  });
  return setInterval(() => {
    if (heard < beat) return socket.terminate();
    beat += 1;
    socket.ping(String(beat));
  }, pingMs);
}
