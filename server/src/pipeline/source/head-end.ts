const headEnd = Buffer.from('\r\n\r\n');
const [carriageReturn = 0] = headEnd;

/** Finds where the head of an HTTP message ends (RFC 9112 2.1), in pieces that may be cut anywhere. */
export class HeadEnd {
  #matched = 0;

  /** How many bytes of the piece belong to the head that ends in it; null when none does. */
  find(piece: Buffer): number | null {
    for (const [at, byte] of piece.entries()) {
      this.#matched = byte === headEnd[this.#matched] ? this.#matched + 1 : Number(byte === carriageReturn);
      if (this.#matched < headEnd.length) continue;
      this.#matched = 0;
      return at + 1;
    }
    return null;
  }
}
