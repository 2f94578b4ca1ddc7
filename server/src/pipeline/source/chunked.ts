import { FeedRefusal } from '../../product-data/feed-refusal.ts';

/** A line with the size of a chunk and its extensions; all trailers together. As much as Node's client takes. */
const maxLineBytes = 16 * 1024;
const lineFeed = 0x0a;

type Part = 'size' | 'data' | 'end of data' | 'trailers' | 'nothing';

/**
 * The framing of a body in chunks (RFC 9112 7.1). Extensions and trailers are read over. Throws a FeedRefusal for
 * what has no meaning there, such as a size that is no number.
 */
export class Chunked {
  readonly endsWithConnection = false;
  #part: Part = 'size';
  /** Bytes of the chunk that are still to come. */
  #left = 0;
  /** The line so far that is not at its end. */
  #line = '';
  #trailerBytes = 0;

  get isWhole(): boolean {
    return this.#part === 'nothing';
  }

  /** What lies between the chunks is closed up in place: the piece is one again, however small the chunks are. */
  decode(piece: Buffer): Buffer {
    let from = 0;
    let [start, end] = [0, 0];
    while (from < piece.length && this.#part !== 'nothing') {
      if (this.#part !== 'data') {
        from = this.#readLine(piece, from);
        continue;
      }
      const to = Math.min(piece.length, from + this.#left);
      if (start === end) start = end = from;
      else piece.copyWithin(end, from, to);
      end += to - from;
      this.#left -= to - from;
      if (this.#left === 0) this.#part = 'end of data';
      from = to;
    }
    return piece.subarray(start, end);
  }

  /** Where what follows the line begins, or the piece ends. */
  #readLine(piece: Buffer, from: number): number {
    const at = piece.indexOf(lineFeed, from);
    const to = at === -1 ? piece.length : at + 1;
    if (this.#line.length + to - from > maxLineBytes) throw unreadable();
    this.#line += piece.toString('latin1', from, to);
    if (at === -1) return to;
    if (!this.#line.endsWith('\r\n')) throw unreadable();
    const line = this.#line.slice(0, -2);
    this.#line = '';
    this.#takeLine(line);
    return to;
  }

  #takeLine(line: string): void {
    if (this.#part === 'size') {
      this.#left = sizeOf(line);
      this.#part = this.#left === 0 ? 'trailers' : 'data';
    } else if (this.#part === 'end of data') {
      if (line !== '') throw unreadable();
      this.#part = 'size';
    } else {
      this.#trailerBytes += line.length;
      if (this.#trailerBytes > maxLineBytes) throw unreadable();
      if (line === '') this.#part = 'nothing';
    }
  }
}

/** Twelve digits are 256 TB; as many zeros as one likes may stand before them. */
const sizeLine = /^0*([0-9a-f]{1,12})[ \t]*(?:;|$)/i;

function sizeOf(line: string): number {
  const digits = sizeLine.exec(line)?.[1];
  if (digits === undefined) throw unreadable();
  return Number.parseInt(digits, 16);
}

const unreadable = () => new FeedRefusal('HTTP_PROTOCOL');
