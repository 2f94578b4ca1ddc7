import type { WebSocket } from 'ws';

interface Letter {
  readonly socket: WebSocket;
  readonly text: string;
}

/**
 * Messages on their way to sockets. They leave one right after the other, when everything that an event brings about
 * has been done: a client that falls asleep between two of them costs the system more than a message does.
 */
export class Outbox {
  readonly #waitingBytes: number;
  #letters: Letter[] = [];

  /** Of `waitingBytes`, what may wait for a client that does not read before it is given up. */
  constructor(waitingBytes: number) {
    this.#waitingBytes = waitingBytes;
  }

  /** Sends the text in this turn. */
  post(socket: WebSocket, text: string): void {
    if (this.#letters.push({ socket, text }) === 1) process.nextTick(() => this.#send());
  }

  #send(): void {
    const letters = this.#letters;
    this.#letters = [];
    for (const { socket, text } of letters) {
      if (socket.bufferedAmount > this.#waitingBytes) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.send(text);
    }
  }
}
