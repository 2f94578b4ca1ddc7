import { setImmediate as nextTurn } from 'node:timers/promises';
import { CloseCode, type makeServer } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Log } from '../platform/log.ts';

interface Sender {
  readonly send: (text: string) => void;
}

interface Link<Extra extends Sender> {
  readonly protocol: ReturnType<typeof makeServer<Record<string, unknown>, Extra>>;
  readonly extra: Extra;
  /** How often a client has to answer a ping. */
  readonly pingMs: number;
  readonly log: Log;
}

/** Lets a socket speak the protocol, and gives it up when it does not answer a ping. */
export function attachSocket<Extra extends Sender>(
  socket: WebSocket,
  { protocol, extra, pingMs, log }: Link<Extra>,
): void {
  const watch = watchPulse(socket, pingMs);
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: async (text) => {
        extra.send(text);
        // An operation that always has more must leave time for everybody else, and for the end of this socket.
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
