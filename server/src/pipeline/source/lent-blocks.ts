/** With less room than this in one block the next read goes into the other. */
const leastRoomBytes = 64 * 1024;

interface Block {
  readonly bytes: Buffer;
  /** What came and nobody has taken yet lies between these. */
  start: number;
  end: number;
}

/**
 * Two blocks of memory, used again and again: what comes in goes into one while somebody works on what lies in the
 * other. Bytes are taken in the order in which they came.
 */
export class LentBlocks {
  #filling: Block;
  #other: Block;
  #lent: Block | null = null;
  #isFull = false;

  /** Each block has `blockBytes`, at least twice 64 kB. */
  constructor(blockBytes: number) {
    const block = (): Block => ({ bytes: Buffer.allocUnsafeSlow(blockBytes), start: 0, end: 0 });
    [this.#filling, this.#other] = [block(), block()];
  }

  /** True while nothing more may come in: until what was taken last is given back by the next `take`. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Where the next bytes go; while it is full, where they will go once it no longer is. */
  get room(): Buffer {
    return this.#isFull ? this.#other.bytes : this.#filling.bytes.subarray(this.#filling.end);
  }

  /** What can be taken at once, left where it is. */
  get untaken(): Buffer {
    const { bytes, start, end } = isEmpty(this.#other) ? this.#filling : this.#other;
    return bytes.subarray(start, end);
  }

  /** So many bytes have come into `room`. */
  fill(bytes: number): void {
    this.#filling.end += bytes;
    if (this.#filling.bytes.length - this.#filling.end >= leastRoomBytes) return;
    this.#isFull = true;
    this.#swapIfFree();
  }

  /** The oldest bytes, at most so many, in one piece, empty when there are none. It is good until the next `take`. */
  take(most = Infinity): Buffer {
    this.#lent = null;
    if (this.#isFull) this.#swapIfFree();
    const block = isEmpty(this.#other) ? this.#filling : this.#other;
    const piece = block.bytes.subarray(block.start, Math.min(block.end, block.start + most));
    block.start += piece.length;
    this.#lent = block;
    return piece;
  }

  #swapIfFree(): void {
    if (this.#lent === this.#other || !isEmpty(this.#other)) return;
    this.#other.start = this.#other.end = 0;
    [this.#filling, this.#other] = [this.#other, this.#filling];
    this.#isFull = false;
  }
}

const isEmpty = ({ start, end }: Block) => start === end;
