import type { IncomingHttpHeaders } from 'node:http';
import { Chunked } from './chunked.ts';

/** How a body lies between the bytes of its connection. */
export interface Framing {
  /** The part of the body in a piece of what was sent, possibly empty; it lies where the piece lay. */
  decode(piece: Buffer): Buffer;
  /** Nothing more belongs to the body. */
  readonly isWhole: boolean;
  /** The body is whole when its connection ends here. */
  readonly endsWithConnection: boolean;
}

/** The framing that the headers name, in the order of RFC 9112 6.3. Node has refused those that name two. */
export function framingOf(headers: IncomingHttpHeaders): Framing {
  const encoding = headers['transfer-encoding'];
  if (encoding !== undefined && /(?:^|,)[ \t]*chunked[ \t]*$/i.test(encoding)) return new Chunked();
  const length = headers['content-length'];
  if (encoding === undefined && length !== undefined) return new Measured(Number(length));
  return { decode: (piece) => piece, isWhole: false, endsWithConnection: true };
}

class Measured implements Framing {
  readonly endsWithConnection = false;
  #left: number;

  constructor(length: number) {
    this.#left = length;
  }

  get isWhole(): boolean {
    return this.#left === 0;
  }

  decode(piece: Buffer): Buffer {
    const body = piece.subarray(0, this.#left);
    this.#left -= body.length;
    return body;
  }
}
