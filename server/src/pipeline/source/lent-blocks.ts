/** With less room than this the next bytes go into another block. */
const leastRoomBytes = 64 * 1024;

interface Block {
  readonly bytes: Buffer;
  /** What came and nobody has taken yet lies between these. */
  start: number;
  end: number;
}

/**
 * Blocks of memory, used again and again: what comes in goes into one while somebody works on what lies in another.
 * Bytes are taken in the order in which they came.
 */
export class LentBlocks {
  readonly #blockBytes: number;
  /** The oldest first; the last one is being filled. */
  readonly #blocks: Block[];
  readonly #spare: Block[] = [];
  #untakenBytes = 0;

  constructor(blockBytes: number) {
    this.#blockBytes = blockBytes;
    this.#blocks = [newBlock(blockBytes)];
  }

  /** True when a block's worth waits to be taken. What comes all the same is kept too. */
  get isFull(): boolean {
    return this.#untakenBytes >= this.#blockBytes;
  }

  /** Where the next bytes go: never where something is lent. */
  makeRoom(): Buffer {
    if (this.#blockBytes - this.#last.end < leastRoomBytes) {
      this.#blocks.push(this.#spare.pop() ?? newBlock(this.#blockBytes));
    }
    return this.#last.bytes.subarray(this.#last.end);
  }

  /** So many bytes have come into the room that was made last. */
  fill(bytes: number): void {
    this.#last.end += bytes;
    this.#untakenBytes += bytes;
  }

  /** What `take` would give, left where it is. */
  get untaken(): Buffer {
    const { bytes, start, end } = this.#blocks.find((block) => !isEmpty(block)) ?? this.#last;
    return bytes.subarray(start, end);
  }

  /** The oldest bytes, at most so many, in one piece, empty when there are none. It is good until the next `take`. */
  take(most = Infinity): Buffer {
    while (isEmpty(this.#first) && this.#first !== this.#last) this.#free();
    const { bytes, start, end } = this.#first;
    const piece = bytes.subarray(start, Math.min(end, start + most));
    this.#first.start += piece.length;
    this.#untakenBytes -= piece.length;
    return piece;
  }

  #free(): void {
    const block = this.#blocks.shift();
    if (block) this.#spare.push(Object.assign(block, { start: 0, end: 0 }));
  }

  get #first(): Block {
    return this.#blocks[0] as Block;
  }

  get #last(): Block {
    return this.#blocks.at(-1) as Block;
  }
}

const newBlock = (bytes: number): Block => ({ bytes: Buffer.allocUnsafeSlow(bytes), start: 0, end: 0 });

const isEmpty = ({ start, end }: Block) => start === end;
