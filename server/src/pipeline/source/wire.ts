import type { OnReadOpts, Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { HeadEnd } from './head-end.ts';
import { LentBlocks } from './lent-blocks.ts';

/** With a quarter of it a large feed takes a tenth longer. */
const blockBytes = 1 << 20;

/**
 * A connection to a server that is asked one thing. Node's HTTP client reads the head of the answer, but not its
 * body: it would make a buffer of its own for each piece, which takes longer than all else that is done with a feed.
 */
export class Wire {
  /** What the client speaks to: it sends what is written, and gives the head of the answer and no byte more. */
  readonly client: Duplex;
  readonly #socket: Socket;
  readonly #blocks = new LentBlocks(blockBytes);
  readonly #headEnd = new HeadEnd();
  #isHeadRead = false;
  #isEnded = false;
  #failure: Error | null = null;
  #wake: () => void = () => undefined;

  /** Opens the connection by `connect`, with what is to become of the bytes that come in. */
  constructor(connect: (onread: OnReadOpts) => Socket) {
    const socket = connect({
      buffer: () => this.#blocks.makeRoom(),
      callback: (bytes) => this.#arrive(bytes),
    });
    this.#socket = socket;
    this.client = new Duplex({
      read: () => undefined,
      write: (bytes: Buffer, _encoding, done) => void socket.write(bytes, done),
      destroy: (error, done) => {
        socket.destroy();
        done(error);
      },
    });
    socket.on('end', () => {
      this.#isEnded = true;
      if (!this.#isHeadRead) this.client.push(null);
      this.#wake();
    });
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('The connection was closed.')));
  }

  /** To be called when the client has read the head: what comes behind it is for `read`. */
  endHead(): void {
    this.#isHeadRead = true;
  }

  /**
   * What has come in since, as soon as there is something; null at the end. It is good until the next call. Throws
   * what has broken the connection.
   */
  async read(): Promise<Buffer | null> {
    for (;;) {
      const wasFull = this.#blocks.isFull;
      const piece = this.#blocks.take();
      if (wasFull && !this.#blocks.isFull) this.#socket.resume();
      if (piece.length > 0) return piece;
      if (this.#isEnded) return null;
      if (this.#failure) throw this.#failure;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** False stops the reading. TLS gives all the same what it has deciphered already. */
  #arrive(bytes: number): boolean {
    this.#blocks.fill(bytes);
    while (!this.#isHeadRead && this.#blocks.untaken.length > 0) this.#giveHead();
    this.#wake();
    return !this.#blocks.isFull;
  }

  /** Up to where the head may end: an announcement (status 1xx) ends like the head that follows it. */
  #giveHead(): void {
    const { untaken } = this.#blocks;
    const part = this.#blocks.take(this.#headEnd.find(untaken) ?? untaken.length);
    // A copy, for the client to keep. It reads at once: it listens since before the connection was open.
    this.client.push(Buffer.from(part));
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    if (!this.#isHeadRead) this.client.destroy(error);
    this.#wake();
  }
}
